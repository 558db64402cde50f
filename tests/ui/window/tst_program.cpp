// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/caughtsignals.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

/// The program as it is started: options, no display, signals, foreign rights.
class ProgramTest : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void answersWithoutADisplay_data();
    void answersWithoutADisplay();
    void saysWhyThereIsNoWindow_data();
    void saysWhyThereIsNoWindow();
    void endsCleanlyOnASignal_data();
    void endsCleanlyOnASignal();
    void refusesForeignRights();

private:
    QProcessEnvironment environment(const QString& platform) const;
    QStringList spools() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_program;
};

void ProgramTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_program = std::make_unique<QProcess>();
    m_program->setProgram(QStringLiteral(TCPW_BINARY_DIR "/app/tcp-workbench"));
}

QProcessEnvironment ProgramTest::environment(const QString& platform) const
{
    QProcessEnvironment made = QProcessEnvironment::systemEnvironment();
    for (const QString& variable : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s})
        made.remove(variable);
    for (const QString& variable : {u"XDG_STATE_HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s})
        made.insert(variable, m_folder->path());
    if (!platform.isEmpty())
        made.insert(u"QT_QPA_PLATFORM"_s, platform);
    return made;
}

QStringList ProgramTest::spools() const
{
    return QDir(m_folder->filePath(u"tcp-workbench"_s)).entryList({u"*.pcapng"_s}, QDir::Files);
}

void ProgramTest::answersWithoutADisplay_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("output");
    QTest::newRow("help") << QStringList{u"--help"_s} << 0 << u"usage: tcp-workbench"_s;
    QTest::newRow("version") << QStringList{u"--version"_s} << 0
                             << QStringLiteral("tcp-workbench " TCPW_VERSION);
    QTest::newRow("unknown option") << QStringList{u"--send"_s} << 2 << u"no option --send"_s;
}

void ProgramTest::answersWithoutADisplay()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, output);
    m_program->setProcessEnvironment(environment({}));
    m_program->setArguments(arguments);
    m_program->setProcessChannelMode(QProcess::MergedChannels);
    m_program->start();
    QVERIFY(m_program->waitForFinished(20000));
    QCOMPARE(m_program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_program->exitCode(), status);
    const QString said = QString::fromUtf8(m_program->readAll());
    QVERIFY2(said.contains(output), qPrintable(said));
}

void ProgramTest::saysWhyThereIsNoWindow_data()
{
    QTest::addColumn<QString>("display");
    QTest::newRow("no display") << QString();
    QTest::newRow("a display that is not there") << u":4711"_s;
}

void ProgramTest::saysWhyThereIsNoWindow()
{
    QFETCH(QString, display);
    QProcessEnvironment made = environment({});
    if (!display.isEmpty())
        made.insert(u"DISPLAY"_s, display);
    m_program->setProcessEnvironment(made);
    m_program->start();
    QVERIFY(m_program->waitForFinished(20000));
    QCOMPARE(m_program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_program->exitCode(), 1);
    const QString said = QString::fromUtf8(m_program->readAllStandardError());
    QVERIFY2(said.contains(u"tcpw does the same in a terminal"_s), qPrintable(said));
}

void ProgramTest::endsCleanlyOnASignal_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void ProgramTest::endsCleanlyOnASignal()
{
    QFETCH(int, number);
    m_program->setProcessEnvironment(environment(u"offscreen"_s));
    m_program->start();
    QVERIFY(m_program->waitForStarted());
    QTRY_COMPARE_WITH_TIMEOUT(spools().size(), 1, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(tcpw::catchesSignal(m_program->processId(), number), 20000);
    QCOMPARE(::kill(pid_t(m_program->processId()), number), 0);
    QVERIFY(m_program->waitForFinished(20000));
    QCOMPARE(m_program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(spools(), QStringList());
}

void ProgramTest::refusesForeignRights()
{
    if (geteuid() != 0)
        QSKIP("Only root can make a program that runs with another user's rights.");
    struct statvfs place = {};
    QCOMPARE(statvfs(m_folder->path().toLocal8Bit().constData(), &place), 0);
    if (place.f_flag & ST_NOSUID)
        QSKIP("The folder for temporary files gives no program another user's rights.");
    const QByteArray copy = m_folder->filePath(u"tcp-workbench-copy"_s).toLocal8Bit();
    QVERIFY(QFile::copy(m_program->program(), QString::fromLocal8Bit(copy)));
    QCOMPARE(chown(copy.constData(), 65534, 65534), 0);
    QCOMPARE(chmod(copy.constData(), 04755), 0);
    QVERIFY(QFile::setPermissions(m_folder->path(),
        QFile::permissions(m_folder->path()) | QFile::ReadOther | QFile::ExeOther | QFile::ReadGroup
            | QFile::ExeGroup));
    m_program->setProgram(QString::fromLocal8Bit(copy));
    m_program->setProcessEnvironment(environment(u"offscreen"_s));
    m_program->start();
    QVERIFY(m_program->waitForFinished(20000));
    QCOMPARE(m_program->exitCode(), 1);
    QVERIFY(m_program->readAllStandardError().contains("refuses to run"));
}

TCPW_TEST(ProgramTest);
#include "tst_program.moc"
