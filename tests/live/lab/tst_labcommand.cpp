// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/lab/probe.h"
#include "support/testcase.h"

#include <QProcess>
#include <QTest>

#include <csignal>
#include <optional>
#include <sys/types.h>
#include <unistd.h>

using namespace tcpw;

/// Commands that run inside a lab, and what others ask of its far end.
class LabCommandTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void runGivesTheExitStatus_data();
    void runGivesTheExitStatus();
    void runKeepsTheNetworkCapabilities_data() { Probe::users(); }
    void runKeepsTheNetworkCapabilities();
    void runLeavesTheUserId();
    void runLetsNoDescriptorThrough();
    void runPassesSignalsOn_data();
    void runPassesSignalsOn();
    void otherProcessesAskTheFarEnd_data() { Probe::users(); }
    void otherProcessesAskTheFarEnd();
    void nobodyOutsideAsks();

private:
    bool ordinary() const
    {
        QFETCH(bool, ordinary);
        return ordinary;
    }

    std::optional<Probe> m_probe;
};

void LabCommandTest::initTestCase()
{
    if (const QString obstacle = Probe::obstacle(); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    m_probe.emplace();
}

void LabCommandTest::runGivesTheExitStatus_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<int>("status");
    const auto shell = [](const char* text) {
        return QStringList{QStringLiteral("sh"), QStringLiteral("-c"), QString::fromLatin1(text)};
    };
    QTest::newRow("0") << shell("exit 0") << 0;
    QTest::newRow("7") << shell("exit 7") << 7;
    QTest::newRow("255") << shell("exit 255") << 255;
    QTest::newRow("killed") << shell("kill -KILL $$") << 128 + SIGKILL;
    QTest::newRow("terminated") << shell("kill -TERM $$") << 128 + SIGTERM;
    QTest::newRow("no such command") << QStringList{QStringLiteral("/no/such/command")} << 127;
    QTest::newRow("a folder") << QStringList{QStringLiteral("/")} << 126;
}

void LabCommandTest::runGivesTheExitStatus()
{
    QFETCH(QStringList, command);
    QFETCH(int, status);
    const Probe::Outcome outcome = m_probe->run(QStringList{QStringLiteral("run")} + command);
    QCOMPARE(outcome.status, status);
    if (status == 127)
        QCOMPARE(outcome.errors,
            QByteArray("tcpw: cannot run /no/such/command: No such file or directory.\n"));
}

void LabCommandTest::runKeepsTheNetworkCapabilities()
{
    const Probe::Outcome outcome
        = m_probe->run({QStringLiteral("run"), QStringLiteral("sh"), QStringLiteral("-c"),
                           QStringLiteral("grep CapAmb /proc/self/status")},
            ordinary());
    const quint64 ambient = outcome.output.trimmed().split('\t').last().toULongLong(nullptr, 16);
    QCOMPARE(ambient, quint64(0x3400)); // CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW
}

void LabCommandTest::runLeavesTheUserId()
{
    if (::geteuid() != 0)
        QSKIP("Needs two users.");
    const QStringList id{QStringLiteral("run"), QStringLiteral("id"), QStringLiteral("-u")};
    QCOMPARE(m_probe->run(id, true).output, QByteArray("65534\n"));
    QCOMPARE(m_probe->run(id, false).output, QByteArray("0\n"));
}

void LabCommandTest::runLetsNoDescriptorThrough()
{
    // ls has one more open: the folder that it reads.
    const Probe::Outcome outcome = m_probe->run({QStringLiteral("run"), QStringLiteral("sh"),
        QStringLiteral("-c"), QStringLiteral("exec ls -l /proc/self/fd")});
    QCOMPARE(outcome.status, 0);
    for (const char* word : {"net:", "socket:", "eventpoll", "eventfd", "/proc/sys"})
        QVERIFY2(!outcome.output.contains(word), outcome.output.constData());
}

void LabCommandTest::runPassesSignalsOn_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
    QTest::newRow("SIGINT") << SIGINT;
}

void LabCommandTest::runPassesSignalsOn()
{
    QFETCH(int, signal);
    QProcess process;
    m_probe->start(process,
        {QStringLiteral("run"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("trap 'echo got it; exit 5' TERM HUP INT; echo ready; "
                           "while :; do sleep 0.05; done")});
    QVERIFY(process.waitForReadyRead(Probe::patience));
    QCOMPARE(process.readAllStandardOutput(), QByteArray("ready\n"));
    ::kill(static_cast<pid_t>(process.processId()), signal);
    QVERIFY(process.waitForFinished(Probe::patience));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 5);
    QCOMPARE(process.readAllStandardOutput(), QByteArray("got it\n"));
}

void LabCommandTest::otherProcessesAskTheFarEnd()
{
    const QString script = QStringLiteral("%1 ask listen 9001 && %1 ask state && %1 ask listen 7")
                               .arg(m_probe->path());
    const Probe::Outcome outcome = m_probe->run(
        {QStringLiteral("run"), QStringLiteral("sh"), QStringLiteral("-c"), script}, ordinary());
    QVERIFY2(outcome.output.contains("listens on port 9001"), outcome.errors.constData());
    QVERIFY(outcome.output.contains("LISTEN 9001 listen\n"));
    QVERIFY(outcome.output.contains("LISTEN 8081 tutorial server\n"));
    QCOMPARE(outcome.status, 99);
    QVERIFY(outcome.errors.contains("Port 7 of the far end is taken already (echo"));
}

void LabCommandTest::nobodyOutsideAsks()
{
    QProcess lab;
    m_probe->start(lab, {QStringLiteral("hold")});
    QVERIFY(lab.waitForReadyRead(Probe::patience));
    // From the network namespace of this program, whose own lab serves nobody.
    const Probe::Outcome outcome = m_probe->run({QStringLiteral("ask"), QStringLiteral("state")});
    QCOMPARE(outcome.status, 99);
    QVERIFY2(
        outcome.errors.startsWith("There is no practice network here"), outcome.errors.constData());
    lab.closeWriteChannel();
    QVERIFY(lab.waitForFinished(Probe::patience));
    QCOMPARE(lab.exitCode(), 0);
}

TCPW_TEST(LabCommandTest);
#include "tst_labcommand.moc"
