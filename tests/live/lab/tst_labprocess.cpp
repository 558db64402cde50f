// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"
#include "support/testcase.h"

#include <QtTest>

#include <csignal>
#include <grp.h>
#include <sys/types.h>
#include <unistd.h>

using namespace tcpw;

/// Runs labprobe and this very program in processes of their own, as this user and, when that is
/// root, as an ordinary one.
class LabProcessTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void passesAsAnOrdinaryUser();
    void isUpInAMoment_data() { users(); }
    void isUpInAMoment();
    void canBeStartedAgain_data() { users(); }
    void canBeStartedAgain();
    void wantsASingleThreadWithoutPrivileges();
    void isSilentWhenIdle_data() { users(); }
    void isSilentWhenIdle();
    void isSilentWhereSettingsAreReadOnly();
    void runGivesTheExitStatus_data();
    void runGivesTheExitStatus();
    void runKeepsTheNetworkCapabilities_data() { users(); }
    void runKeepsTheNetworkCapabilities();
    void runLeavesTheUserId();
    void runLetsNoDescriptorThrough();
    void runPassesSignalsOn_data();
    void runPassesSignalsOn();
    void otherProcessesAskTheFarEnd_data() { users(); }
    void otherProcessesAskTheFarEnd();
    void nobodyOutsideAsks();
    void nothingIsLeftAfterAKill_data() { users(); }
    void nothingIsLeftAfterAKill();
    void commandDiesWithTheLab_data() { users(); }
    void commandDiesWithTheLab();
    void saysWhatStandsInTheWay();

private:
    static void users();
    bool ordinary() const
    {
        QFETCH(bool, ordinary);
        return ordinary;
    }
    struct Outcome
    {
        int status = -1;
        QByteArray output;
        QByteArray errors;
    };
    void prepare(QProcess& process, bool ordinary) const;
    Outcome probe(const QStringList& arguments, bool ordinary = false) const;

    QTemporaryDir m_folder; ///< a copy of the probe where everybody can reach it
    QString m_probe;
};

namespace {

constexpr uid_t nobody = 65534;
#if defined(__SANITIZE_THREAD__)
constexpr bool hasThreadSanitizer = true;
#elif defined(__has_feature)
constexpr bool hasThreadSanitizer = __has_feature(thread_sanitizer);
#else
constexpr bool hasThreadSanitizer = false;
#endif
constexpr int patience = 60'000; // milliseconds; sanitizers and busy machines are slow

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

void LabProcessTest::users()
{
    QTest::addColumn<bool>("ordinary");
    QTest::newRow("this user") << false;
    if (::geteuid() == 0)
        QTest::newRow("an ordinary user") << true;
}

void LabProcessTest::initTestCase()
{
    if (hasThreadSanitizer)
        QSKIP("ThreadSanitizer cannot follow QProcess, nor a forked child into a user namespace.");
    if (const auto obstacle = findLabObstacle())
        QSKIP(obstacle->cause.c_str());
    QVERIFY(m_folder.isValid());
    m_probe = m_folder.filePath(QStringLiteral("labprobe"));
    QVERIFY(
        QFile::copy(QStringLiteral(TCPW_BINARY_DIR) + QStringLiteral("/tests/labprobe"), m_probe));
    using P = QFileDevice;
    const auto forAll = P::ReadOwner | P::WriteOwner | P::ExeOwner | P::ReadOther | P::ExeOther;
    QVERIFY(QFile::setPermissions(m_folder.path(), forAll));
    QVERIFY(QFile::setPermissions(m_probe, forAll));
}

void LabProcessTest::prepare(QProcess& process, bool ordinary) const
{
    if (!ordinary)
        return;
    process.setChildProcessModifier([] {
        if (::setgroups(0, nullptr) != 0 || ::setresgid(nobody, nobody, nobody) != 0
            || ::setresuid(nobody, nobody, nobody) != 0)
            ::_exit(98);
    });
}

LabProcessTest::Outcome LabProcessTest::probe(const QStringList& arguments, bool ordinary) const
{
    QProcess process;
    prepare(process, ordinary);
    process.start(m_probe, arguments);
    if (!process.waitForFinished(patience))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        process.readAllStandardOutput(), process.readAllStandardError()};
}

void LabProcessTest::passesAsAnOrdinaryUser()
{
    if (::geteuid() != 0)
        QSKIP("This program runs as an ordinary user already.");
    QProcess process;
    prepare(process, true);
    process.setWorkingDirectory(m_folder.path());
    QStringList arguments;
    for (const char* name : {"LabNetworkTest", "LabServersTest", "LabVerbsTest"})
        arguments << QStringLiteral("--class") << QLatin1String(name);
    process.start(QStringLiteral("/proc/self/exe"), arguments);
    QVERIFY(process.waitForFinished(4 * patience));
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
        const Outcome time = probe({QStringLiteral("time")}, ordinary());
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
    const Outcome twice = probe({QStringLiteral("twice")}, ordinary());
    QVERIFY2(twice.status == 0, twice.errors.constData());
}

void LabProcessTest::wantsASingleThreadWithoutPrivileges()
{
    const bool root = ::geteuid() == 0;
    const Outcome threads = probe({QStringLiteral("threads")}, root);
    QCOMPARE(threads.status, 0);
    QVERIFY2(threads.output.contains("process with several threads"), threads.output.constData());
    if (root)
        QCOMPARE(probe({QStringLiteral("threads")}).output, QByteArray("started\n"));
}

void LabProcessTest::isSilentWhenIdle()
{
    const Outcome seen = probe({QStringLiteral("watch"), QStringLiteral("3")}, ordinary());
    QVERIFY2(seen.status == 0, seen.errors.constData());
    QCOMPARE(seen.output, QByteArray());
}

void LabProcessTest::isSilentWhereSettingsAreReadOnly()
{
    if (::geteuid() != 0)
        QSKIP("Only root can make /proc/sys read-only for a process.");
    const QString readOnly = QStringLiteral("read-only");
    const Outcome seen = probe({readOnly, QStringLiteral("watch"), QStringLiteral("3")});
    QVERIFY2(seen.status == 0, seen.errors.constData());
    QCOMPARE(seen.output, QByteArray());
    const Outcome asked = probe({readOnly, QStringLiteral("run"), m_probe, QStringLiteral("ask"),
        QStringLiteral("real-timers")});
    QCOMPARE(asked.status, 99);
    QVERIFY2(asked.errors.contains("/proc/sys cannot be written here"), asked.errors.constData());
}

void LabProcessTest::runGivesTheExitStatus_data()
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

void LabProcessTest::runGivesTheExitStatus()
{
    QFETCH(QStringList, command);
    QFETCH(int, status);
    const Outcome outcome = probe(QStringList{QStringLiteral("run")} + command);
    QCOMPARE(outcome.status, status);
    if (status == 127)
        QCOMPARE(outcome.errors,
            QByteArray("tcpw: cannot run /no/such/command: No such file or directory.\n"));
}

void LabProcessTest::runKeepsTheNetworkCapabilities()
{
    const Outcome outcome
        = probe({QStringLiteral("run"), QStringLiteral("sh"), QStringLiteral("-c"),
                    QStringLiteral("grep CapAmb /proc/self/status")},
            ordinary());
    const quint64 ambient = outcome.output.trimmed().split('\t').last().toULongLong(nullptr, 16);
    QCOMPARE(ambient, quint64(0x3400)); // CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW
}

void LabProcessTest::runLeavesTheUserId()
{
    if (::geteuid() != 0)
        QSKIP("Needs two users.");
    const QStringList id{QStringLiteral("run"), QStringLiteral("id"), QStringLiteral("-u")};
    QCOMPARE(probe(id, true).output, QByteArray("65534\n"));
    QCOMPARE(probe(id, false).output, QByteArray("0\n"));
}

void LabProcessTest::runLetsNoDescriptorThrough()
{
    // ls has one more open: the folder that it reads.
    const Outcome outcome = probe({QStringLiteral("run"), QStringLiteral("sh"),
        QStringLiteral("-c"), QStringLiteral("exec ls -l /proc/self/fd")});
    QCOMPARE(outcome.status, 0);
    for (const char* word : {"net:", "socket:", "eventpoll", "eventfd", "/proc/sys"})
        QVERIFY2(!outcome.output.contains(word), outcome.output.constData());
}

void LabProcessTest::runPassesSignalsOn_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
    QTest::newRow("SIGINT") << SIGINT;
}

void LabProcessTest::runPassesSignalsOn()
{
    QFETCH(int, signal);
    QProcess process;
    process.start(m_probe,
        {QStringLiteral("run"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("trap 'echo got it; exit 5' TERM HUP INT; echo ready; "
                           "while :; do sleep 0.05; done")});
    QVERIFY(process.waitForReadyRead(patience));
    QCOMPARE(process.readAllStandardOutput(), QByteArray("ready\n"));
    ::kill(static_cast<pid_t>(process.processId()), signal);
    QVERIFY(process.waitForFinished(patience));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 5);
    QCOMPARE(process.readAllStandardOutput(), QByteArray("got it\n"));
}

void LabProcessTest::otherProcessesAskTheFarEnd()
{
    const QString script
        = QStringLiteral("%1 ask listen 9001 && %1 ask state && %1 ask listen 7").arg(m_probe);
    const Outcome outcome = probe(
        {QStringLiteral("run"), QStringLiteral("sh"), QStringLiteral("-c"), script}, ordinary());
    QVERIFY2(outcome.output.contains("listens on port 9001"), outcome.errors.constData());
    QVERIFY(outcome.output.contains("LISTEN 9001 listen\n"));
    QVERIFY(outcome.output.contains("LISTEN 8081 tutorial server\n"));
    QCOMPARE(outcome.status, 99);
    QVERIFY(outcome.errors.contains("Port 7 of the far end is taken already (echo"));
}

void LabProcessTest::nobodyOutsideAsks()
{
    QProcess lab;
    lab.start(m_probe, {QStringLiteral("hold")});
    QVERIFY(lab.waitForReadyRead(patience));
    // From the network namespace of this program, whose own lab serves nobody.
    const Outcome outcome = probe({QStringLiteral("ask"), QStringLiteral("state")});
    QCOMPARE(outcome.status, 99);
    QVERIFY2(
        outcome.errors.startsWith("There is no practice network here"), outcome.errors.constData());
    lab.closeWriteChannel();
    QVERIFY(lab.waitForFinished(patience));
    QCOMPARE(lab.exitCode(), 0);
}

void LabProcessTest::nothingIsLeftAfterAKill()
{
    QProcess lab;
    prepare(lab, ordinary());
    lab.start(m_probe, {QStringLiteral("hold")});
    QVERIFY2(lab.waitForReadyRead(patience), lab.readAllStandardError().constData());
    const QSet<QString> networks = networksOf(lab.processId());
    QCOMPARE(networks.size(), qsizetype(2));
    QVERIFY(areInUse(networks));
    lab.kill();
    QVERIFY(lab.waitForFinished(patience));
    QTRY_VERIFY(!areInUse(networks));
}

void LabProcessTest::commandDiesWithTheLab()
{
    QProcess lab;
    prepare(lab, ordinary());
    lab.start(m_probe,
        {QStringLiteral("run"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("echo ready; exec sleep 1000")});
    QVERIFY2(lab.waitForReadyRead(patience), lab.readAllStandardError().constData());
    const QSet<QString> networks = networksOf(lab.processId());
    QCOMPARE(childrenOf(lab.processId()).size(), qsizetype(1));
    const qint64 command = childrenOf(lab.processId()).at(0);
    QVERIFY(networks.contains(networksOf(command)));
    lab.kill();
    QVERIFY(lab.waitForFinished(patience));
    QTRY_VERIFY(!areInUse(networks));
}

void LabProcessTest::saysWhatStandsInTheWay()
{
    const Outcome none = probe({QStringLiteral("obstacle")});
    QCOMPARE(none.output, QByteArray("none\n\n"));
    if (::geteuid() != 0)
        return;
    // A user namespace in which no other may be made, nor a network namespace.
    const auto forbid = [this](const char* file) {
        return probe({QStringLiteral("run"), QStringLiteral("unshare"), QStringLiteral("-U"),
            QStringLiteral("-r"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("echo 0 > /proc/sys/user/%1 && exec setpriv --bounding-set=-sys_admin "
                           "--inh-caps=-sys_admin %2 obstacle")
                .arg(QLatin1String(file), m_probe)});
    };
    const Outcome user = forbid("max_user_namespaces");
    QVERIFY2(user.output.contains("(user.max_user_namespaces is 0)"), user.errors.constData());
    QVERIFY(user.output.contains("\nsudo sysctl -w user.max_user_namespaces=15000\n"));
    const Outcome network = forbid("max_net_namespaces");
    QVERIFY2(network.output.contains("(user.max_net_namespaces is 0)"), network.errors.constData());
}

TCPW_TEST(LabProcessTest);
#include "tst_labprocess.moc"
