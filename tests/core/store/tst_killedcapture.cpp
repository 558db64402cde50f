// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <ctime>
#include <sys/wait.h>
#include <unistd.h>

using namespace tcpw;
using namespace tcpw::test;

/// A program that is killed while it captures: what it had is offered to the next one. With
/// TCPW_FULL=1 it is killed 200 times in each test, else a few times.
class KilledCaptureTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void allButTheLastSecondIsBack();
    void whatALimitKeptIsBack();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_spools;
    int m_rounds = qEnvironmentVariableIsSet("TCPW_FULL") ? 200 : 5;
};

namespace {

/// A child that captures until it is killed, and tells of numbers through a pipe.
class Capturer
{
public:
    explicit Capturer(const std::function<int(int answers)>& work)
    {
        int pipes[2];
        if (pipe(pipes) != 0)
            return;
        m_child = fork();
        if (m_child == 0)
            _exit(work(pipes[1]));
        close(pipes[1]);
        m_answers = pipes[0];
    }
    ~Capturer() { close(m_answers); }
    Capturer(const Capturer&) = delete;
    Capturer& operator=(const Capturer&) = delete;

    /// The next number; false when the child is gone.
    bool next(std::uint64_t& number) const
    {
        return ::read(m_answers, &number, sizeof(number)) == sizeof(number);
    }
    /// Kills it; gives the last number that it told, or `told`.
    std::uint64_t killed(std::uint64_t told)
    {
        kill(m_child, SIGKILL);
        int status = 0;
        waitpid(m_child, &status, 0);
        while (next(told)) { }
        return told;
    }

private:
    pid_t m_child = -1;
    int m_answers = -1;
};

bool tell(int answers, std::uint64_t number)
{
    return write(answers, &number, sizeof(number)) == sizeof(number);
}

std::int64_t nowInNanoseconds()
{
    timespec now = {};
    clock_gettime(CLOCK_REALTIME, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// In a child: 10,000 packets a second with the time of their coming, in batches of a millisecond
/// as the engine hands them over. Tells of each before it is in the store: it came in then.
int captureAtARate(const std::string& folder, int answers)
{
    auto store = PacketStore::create(folder);
    for (std::uint64_t count = 0; store; count += 10) {
        PacketBatch batch;
        for (unsigned i = 0; i < 10; ++i) {
            PacketRecord record;
            record.timestamp = nowInNanoseconds();
            batch.append(record, somePacket(100, static_cast<unsigned>(count + i)));
        }
        if (!tell(answers, count + 10) || !(*store)->append(batch))
            return 1;
        usleep(1000);
    }
    return 2;
}

/// In a child: captures and drops as fast as it can, and tells after each step how many packets it
/// had; is killed at work.
int captureUntilKilled(const std::string& folder, int answers)
{
    auto store = PacketStore::create(folder);
    for (std::size_t size = 0; store; size += 100) {
        if (!(*store)->append(batchOf(100, 300, static_cast<std::int64_t>(size))))
            return 1;
        if (!(*store)->dropBefore(size > 3000 ? size - 3000 : 0))
            return 2;
        if (!tell(answers, size))
            return 3;
    }
    return 4;
}

/// What is wrong with a spool that was left: it must have the packets up to `last` and some that
/// were kept before it, without a gap.
std::string problemOf(const std::string& spool, std::size_t last)
{
    const auto store = PacketStore::open(spool);
    if (!store)
        return store.error().message;
    const ReadResult read = test::readAll(**store);
    if (!read.failure.empty() || read.packets.size() < std::min<std::size_t>(last, 3000))
        return read.failure + std::to_string(read.packets.size()) + " packets";
    const auto first = static_cast<std::size_t>(read.records.front().timestamp);
    if (first + read.packets.size() < last || first + 3500 < last)
        return "the first one is " + std::to_string(first) + " of " + std::to_string(last);
    for (std::size_t i = 0; i < read.packets.size(); ++i)
        if (read.records[i].timestamp != static_cast<std::int64_t>(first + i)
            || read.packets[i] != somePacket(300, (first + i) % 100))
            return "packet " + std::to_string(i) + " is another one";
    return {};
}

} // namespace

void KilledCaptureTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_spools = m_folder->path().toStdString();
}

void KilledCaptureTest::allButTheLastSecondIsBack()
{
    std::int64_t longest = 0;
    std::uint64_t captured = 0;
    std::uint64_t lost = 0;
    for (int round = 0; round < m_rounds; ++round) {
        Capturer capturer([this](int answers) { return captureAtARate(m_spools, answers); });
        std::uint64_t count = 0;
        const auto wanted = static_cast<std::uint64_t>(1000 + round * 797 % 4000);
        while (count < wanted)
            QVERIFY(capturer.next(count));
        usleep(static_cast<useconds_t>(round * 131 % 1000));
        const std::int64_t end = nowInNanoseconds();
        count = capturer.killed(count);
        const auto left = findLeftSpools(m_spools);
        QCOMPARE(left.size(), std::size_t(1));
        const auto store = PacketStore::open(left[0]);
        QVERIFY(store);
        const ReadResult read = test::readAll(**store);
        QCOMPARE(read.failure, std::string());
        QVERIFY(!read.packets.empty());
        for (std::size_t i = 0; i < read.packets.size(); ++i)
            QCOMPARE(read.packets[i], somePacket(100, static_cast<unsigned>(i)));
        longest = std::max(longest, end - read.records.back().timestamp);
        captured += count;
        lost += count - std::min<std::uint64_t>(count, read.packets.size());
        unlink(left[0].c_str());
    }
    qInfo("%d kills, %llu packets captured, %llu of them lost; at most the last %.1f ms", m_rounds,
        static_cast<unsigned long long>(captured), static_cast<unsigned long long>(lost),
        static_cast<double>(longest) / 1e6);
    QVERIFY(longest < 1'000'000'000);
}

void KilledCaptureTest::whatALimitKeptIsBack()
{
    std::uint64_t packets = 0;
    for (int round = 0; round < m_rounds; ++round) {
        Capturer capturer([this](int answers) { return captureUntilKilled(m_spools, answers); });
        std::uint64_t last = 0;
        const auto wanted = static_cast<std::uint64_t>(4000 + round * 7919 % 60'000);
        while (last < wanted)
            QVERIFY(capturer.next(last));
        usleep(static_cast<useconds_t>(round * 131 % 1000)); // at any moment of its work
        last = capturer.killed(last);
        const auto left = findLeftSpools(m_spools);
        QCOMPARE(left.size(), std::size_t(1));
        QCOMPARE(problemOf(left[0], last + 100), std::string());
        unlink(left[0].c_str());
        packets += last;
    }
    qInfo("%d kills among %llu packets: what was kept is there each time", m_rounds,
        static_cast<unsigned long long>(packets));
}

TCPW_TEST(KilledCaptureTest);
#include "tst_killedcapture.moc"
