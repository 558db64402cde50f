// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/lab/probe.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTest>

#include <optional>
#include <sys/types.h>
#include <unistd.h>

using namespace tcpw;

/// What a lab is as a process: its start, its silence, its end, and what stands in its way.
class LabProcessTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void passesAsAnOrdinaryUser();
    void isUpInAMoment_data() { Probe::users(); }
    void isUpInAMoment();
    void canBeStartedAgain_data() { Probe::users(); }
    void canBeStartedAgain();
    void wantsASingleThreadWithoutPrivileges();
    void isSilentWhenIdle_data() { Probe::users(); }
    void isSilentWhenIdle();
    void isSilentWhereSettingsAreReadOnly();
    void nothingIsLeftAfterAKill_data() { Probe::users(); }
    void nothingIsLeftAfterAKill();
    void commandDiesWithTheLab_data() { Probe::users(); }
    void commandDiesWithTheLab();
    void saysWhatStandsInTheWay();

private:
    bool ordinary() const
    {
        QFETCH(bool, ordinary);
        return ordinary;
    }

    std::optional<Probe> m_probe;
};

namespace {

/// The inodes of the network namespaces of a process's threads.
QSet<QString> networksOf(qint64 process)
{
    QSet<QString> networks;
    const QDir tasks(QStringLiteral("/proc/%1/task").arg(process));
    for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString link = QFile::symLinkTarget(tasks.filePath(task + QStringLiteral("/ns/net")));
        networks << link.section(QLatin1Char('/'), -1); // "net:[4026532008]"
    }
    networks.remove(QString());
    return networks;
}

/// True when any process is in one of them.
bool areInUse(const QSet<QString>& networks)
{
    for (const QString& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        bool isNumber = false;
        const qint64 process = entry.toLongLong(&isNumber);
        if (isNumber && networksOf(process).intersects(networks))
            return true;
    }
    return false;
}

QList<qint64> childrenOf(qint64 process)
{
    QList<qint64> children;
    QFile file(QStringLiteral("/proc/%1/task/%1/children").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return children;
    for (const QByteArray& word : file.readAll().split(' ')) {
        if (!word.trimmed().isEmpty())
            children << word.toLongLong();
    }
    return children;
}

} // namespace

void LabProcessTest::initTestCase()
{
    if (const QString obstacle = Probe::obstacle(); !obstacle.isEmpty())
        QSKIP(qPrintable(obstacle));
    m_probe.emplace();
}

void LabProcessTest::passesAsAnOrdinaryUser()
{
    if (::geteuid() != 0)
        QSKIP("This program runs as an ordinary user already.");
    QProcess process;
    Probe::becomeOrdinary(process);
    process.setWorkingDirectory(m_probe->folder());
    QStringList arguments;
    for (const char* name : {"LabNetworkTest", "LabServersTest", "LabVerbsTest"})
        arguments << QStringLiteral("--class") << QLatin1String(name);
    process.start(QStringLiteral("/proc/self/exe"), arguments);
    QVERIFY(process.waitForFinished(4 * Probe::patience));
    const QByteArray output = process.readAllStandardOutput();
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
        output.constData());
    QVERIFY(output.contains("Totals: "));
    QVERIFY2(!output.contains("SKIP"), output.constData());
}

void LabProcessTest::isUpInAMoment()
{
    QList<int> microseconds;
    for (int i = 0; i < 5; ++i) {
        const Probe::Outcome time = m_probe->run({QStringLiteral("time")}, ordinary());
        QVERIFY2(time.status == 0, time.errors.constData());
        microseconds << time.output.trimmed().toInt();
    }
    std::sort(microseconds.begin(), microseconds.end());
    qInfo("lab up in %.1f ms (median %.1f)", microseconds.at(0) / 1000.0,
        microseconds.at(2) / 1000.0);
#ifndef TCPW_SANITIZED
    QVERIFY(microseconds.at(0) < 1'000'000); // a person would notice more
#endif
}

void LabProcessTest::canBeStartedAgain()
{
    const Probe::Outcome twice = m_probe->run({QStringLiteral("twice")}, ordinary());
    QVERIFY2(twice.status == 0, twice.errors.constData());
}

void LabProcessTest::wantsASingleThreadWithoutPrivileges()
{
    const bool root = ::geteuid() == 0;
    const Probe::Outcome threads = m_probe->run({QStringLiteral("threads")}, root);
    QCOMPARE(threads.status, 0);
    QVERIFY2(threads.output.contains("process with several threads"), threads.output.constData());
    if (root)
        QCOMPARE(m_probe->run({QStringLiteral("threads")}).output, QByteArray("started\n"));
}

void LabProcessTest::isSilentWhenIdle()
{
    const Probe::Outcome seen
        = m_probe->run({QStringLiteral("watch"), QStringLiteral("3")}, ordinary());
    QVERIFY2(seen.status == 0, seen.errors.constData());
    QCOMPARE(seen.output, QByteArray());
}

void LabProcessTest::isSilentWhereSettingsAreReadOnly()
{
    if (::geteuid() != 0)
        QSKIP("Only root can make /proc/sys read-only for a process.");
    const QString readOnly = QStringLiteral("read-only");
    const Probe::Outcome seen
        = m_probe->run({readOnly, QStringLiteral("watch"), QStringLiteral("3")});
    QVERIFY2(seen.status == 0, seen.errors.constData());
    QCOMPARE(seen.output, QByteArray());
    const Probe::Outcome asked = m_probe->run({readOnly, QStringLiteral("run"), m_probe->path(),
        QStringLiteral("ask"), QStringLiteral("real-timers")});
    QCOMPARE(asked.status, 99);
    QVERIFY2(asked.errors.contains("/proc/sys cannot be written here"), asked.errors.constData());
}

void LabProcessTest::nothingIsLeftAfterAKill()
{
    QProcess lab;
    m_probe->start(lab, {QStringLiteral("hold")}, ordinary());
    QVERIFY2(lab.waitForReadyRead(Probe::patience), lab.readAllStandardError().constData());
    const QSet<QString> networks = networksOf(lab.processId());
    QCOMPARE(networks.size(), qsizetype(2));
    QVERIFY(areInUse(networks));
    lab.kill();
    QVERIFY(lab.waitForFinished(Probe::patience));
    QTRY_VERIFY(!areInUse(networks));
}

void LabProcessTest::commandDiesWithTheLab()
{
    QProcess lab;
    m_probe->start(lab,
        {QStringLiteral("run"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("echo ready; exec sleep 1000")},
        ordinary());
    QVERIFY2(lab.waitForReadyRead(Probe::patience), lab.readAllStandardError().constData());
    const QSet<QString> networks = networksOf(lab.processId());
    QCOMPARE(childrenOf(lab.processId()).size(), qsizetype(1));
    const qint64 command = childrenOf(lab.processId()).at(0);
    QVERIFY(networks.contains(networksOf(command)));
    lab.kill();
    QVERIFY(lab.waitForFinished(Probe::patience));
    QTRY_VERIFY(!areInUse(networks));
}

void LabProcessTest::saysWhatStandsInTheWay()
{
    const Probe::Outcome none = m_probe->run({QStringLiteral("obstacle")});
    QCOMPARE(none.output, QByteArray("none\n\n"));
    if (::geteuid() != 0)
        return;
    // A user namespace in which no other may be made, nor a network namespace.
    const auto forbid = [this](const char* file) {
        return m_probe->run({QStringLiteral("run"), QStringLiteral("unshare"), QStringLiteral("-U"),
            QStringLiteral("-r"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("echo 0 > /proc/sys/user/%1 && exec setpriv --bounding-set=-sys_admin "
                           "--inh-caps=-sys_admin %2 obstacle")
                .arg(QLatin1String(file), m_probe->path())});
    };
    const Probe::Outcome user = forbid("max_user_namespaces");
    QVERIFY2(user.output.contains("(user.max_user_namespaces is 0)"), user.errors.constData());
    QVERIFY(user.output.contains("\nsudo sysctl -w user.max_user_namespaces=15000\n"));
    const Probe::Outcome network = forbid("max_net_namespaces");
    QVERIFY2(network.output.contains("(user.max_net_namespaces is 0)"), network.errors.constData());
}

TCPW_TEST(LabProcessTest);
#include "tst_labprocess.moc"
