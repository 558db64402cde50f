// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/childprocess.h"
#include "helper/client.h"
#include "helper/descriptor.h"
#include "lab/capabilities.h"
#include "orphans.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <poll.h>
#include <random>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

using namespace tcpw;

namespace {

constexpr char helper[] = TCPW_BINARY_DIR "/app/tcpw-helper";
constexpr char victim[] = TCPW_BINARY_DIR "/tests/tcpw-victim";
constexpr int port = 61'234;

/// The world of this program, made before Qt starts threads: a user namespace of its own, in which
/// network namespaces can be counted by limiting them, and a lab.
struct World
{
    World()
    {
        if (!enterOwnUserNamespace())
            return;
        lab = Lab::start();
        if (lab)
            raiseAmbientCapabilities(); // for helpers that share this namespace
        adoptOrphans();
    }
    Result<std::unique_ptr<Lab>> lab
        = failure("a user namespace cannot be made here, so that none can be looked for later");
};

World world;

bool somebodyListens()
{
    QFile file(QStringLiteral("/proc/thread-self/net/tcp"));
    if (!file.open(QIODevice::ReadOnly))
        return true;
    const QByteArray listening
        = QByteArray(":") + QByteArray::number(port, 16).toUpper() + " 00000000:0000 0A";
    return file.readAll().contains(listening);
}

qulonglong framesSent()
{
    QFile file(QStringLiteral("/proc/thread-self/net/dev"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto lines = file.readAll().split('\n');
    for (const auto& line : lines)
        if (line.trimmed().startsWith("lab0:"))
            return line.simplified().split(' ').value(10).toULongLong();
    return 0;
}

/// A victim and what it says.
class Victim
{
public:
    explicit Victim(const std::string& mode)
    {
        int ends[2] = {-1, -1};
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
        m_words = Descriptor(ends[0]);
        const Descriptor theirs(ends[1]);
        m_process = startChild(
            {{victim, helper, mode, std::to_string(port)}, {{theirs.get(), STDOUT_FILENO}}})
                        .value_or(0);
    }

    pid_t process() const { return m_process; }
    /// Waits until it is sending; false when it ended or 5 s passed.
    bool ready() const
    {
        pollfd waited{m_words.get(), POLLIN, 0};
        char byte = 0;
        return poll(&waited, 1, 5000) > 0 && recv(m_words.get(), &byte, 1, 0) == 1;
    }

private:
    Descriptor m_words;
    pid_t m_process = 0;
};

} // namespace

class LeftoversTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { QVERIFY(everyoneEnds()); }
    void endsTheHelperOfAKilledProgram_data() { modes(); }
    void endsTheHelperOfAKilledProgram();
    void tellsTheProgramOfAKilledHelper_data() { modes(); }
    void tellsTheProgramOfAKilledHelper();
    void endsTheHelperOfAProgramKilledWhileTheHelperIsStopped();
    void leavesNothingWhateverIsKilledAndWhen();
    void leavesNoNamespace();

private:
    static void modes();
};

void LeftoversTest::initTestCase()
{
    if (!world.lab)
        QSKIP(world.lab.error().message.c_str());
    QVERIFY(limitNamespaces(60)); // the two of this program's lab, and some that are just going
}

void LeftoversTest::modes()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::newRow("lab") << QByteArray("--lab");
    QTest::newRow("host") << QByteArray("--host");
}

void LeftoversTest::endsTheHelperOfAKilledProgram()
{
    QFETCH(QByteArray, mode);
    const Victim program(mode.toStdString());
    QVERIFY(program.ready());
    const auto helpers = childrenOf(program.process());
    QCOMPARE(helpers.size(), std::size_t(1));
    if (mode == "--host") {
        QVERIFY(somebodyListens());
        const auto before = framesSent();
        QTRY_VERIFY(framesSent() > before + 10);
    }
    kill(program.process(), SIGKILL);
    QVERIFY(everyoneEnds()); // within a second
    QVERIFY(kill(helpers[0], 0) != 0);
    QVERIFY(!somebodyListens());
    const auto after = framesSent();
    poll(nullptr, 0, 50);
    QCOMPARE(framesSent(), after);
}

void LeftoversTest::tellsTheProgramOfAKilledHelper()
{
    QFETCH(QByteArray, mode);
    const Victim program(mode.toStdString());
    QVERIFY(program.ready());
    for (const pid_t child : childrenOf(program.process()))
        kill(child, SIGKILL);
    const auto status = waitForChild(program.process(), 2000);
    QVERIFY(status && WIFEXITED(*status));
    QCOMPARE(WEXITSTATUS(*status), 5);
    QVERIFY(!somebodyListens());
}

void LeftoversTest::endsTheHelperOfAProgramKilledWhileTheHelperIsStopped()
{
    const Victim program("--lab");
    QVERIFY(program.ready());
    for (const pid_t child : childrenOf(program.process()))
        kill(child, SIGSTOP);
    kill(program.process(), SIGKILL);
    QVERIFY(everyoneEnds());
}

void LeftoversTest::leavesNothingWhateverIsKilledAndWhen()
{
    const int rounds = qEnvironmentVariableIsSet("TCPW_FULL") ? 200 : 12;
    std::mt19937 random(std::random_device{}());
    for (int round = 0; round < rounds; ++round) {
        const Victim program(round % 2 == 0 ? "--lab" : "--host");
        const int milliseconds = int(random() % 60);
        poll(nullptr, 0, milliseconds);
        auto killed = childrenOf(program.process());
        if (round % 4 < 2 || killed.empty())
            killed = {program.process()};
        for (const pid_t process : killed)
            kill(process, SIGKILL);
        QVERIFY2(everyoneEnds(), qPrintable(QString::number(milliseconds)));
        QVERIFY2(!somebodyListens(), qPrintable(QString::number(milliseconds)));
    }
}

void LeftoversTest::leavesNoNamespace()
{
    {
        const Victim program("--lab");
        QVERIFY(program.ready());
        kill(program.process(), SIGKILL);
    }
    QVERIFY(everyoneEnds());
    // The kernel takes namespaces down some time after their last process. Once all are gone there
    // is room for one more lab beside ours, and not before.
    QVERIFY(limitNamespaces(4));
    bool room = false; // once is enough: the next lab would find the last one's namespaces
    QTRY_VERIFY_WITH_TIMEOUT(room = room || startHelper({helper, "--lab"}, {}), 20'000);
    QVERIFY(limitNamespaces(3));
    QVERIFY(!startHelper({helper, "--lab"}, {}));
    QVERIFY(limitNamespaces(60));
}

TCPW_TEST(LeftoversTest);

#include "tst_leftovers.moc"
