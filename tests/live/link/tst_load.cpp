// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/pcapengine.h"
#include "support/testcase.h"
#include "testtraffic.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <thread>

using namespace tcpw;

/// Counters, stopping and leftovers, idle and under a flood.
class LoadTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void countsExactlyUnderAFlood_data();
    void countsExactlyUnderAFlood();
    void stopsAtOnceWhenIdle();
    void stopsAtOnceWhenFlooded();
    void leavesNoThreadAndNoFile();
    void usesNoProcessorWhenIdle();

private:
    std::unique_ptr<NetworkNamespace> m_far;
    std::unique_ptr<VethPair> m_pair;
    Recorder m_recorder;
    CaptureOptions m_options;
};

namespace {

#ifdef TCPW_SANITIZED
constexpr int slowness = 10;
#else
constexpr int slowness = 1;
#endif

std::size_t entries(const char* folder)
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator(folder))
        ++count;
    return count;
}

/// Frames of a type that no stack answers.
Bytes smallFrame()
{
    Bytes frame = udpFrame(std::string(18, 'f'));
    frame[12] = 0x88;
    frame[13] = 0xb5;
    return frame;
}

} // namespace

void LoadTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

void LoadTest::init()
{
    m_far = std::make_unique<NetworkNamespace>();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
    // Nothing but our own frames.
    QVERIFY(setSysctl("net/ipv6/conf/near0/disable_ipv6", "1"));
    m_far->run([] { setSysctl("net/ipv6/conf/far0/disable_ipv6", "1"); });
    m_recorder.clear();
    m_recorder.countOnly = true;
    m_recorder.slownessMilliseconds = 0;
    m_options = {};
    m_options.device = deviceNamed("near0");
    m_options.filter = "ether proto 0x88b5";
}

void LoadTest::cleanup()
{
    m_pair.reset();
    m_far.reset();
}

void LoadTest::countsExactlyUnderAFlood_data()
{
    QTest::addColumn<uint>("bufferSize");
    QTest::addColumn<int>("slownessMilliseconds");
    QTest::newRow("large ring") << (64u << 20) << 0;
    QTest::newRow("small ring, slow taker") << (1u << 20) << 20;
}

void LoadTest::countsExactlyUnderAFlood()
{
    QFETCH(uint, bufferSize);
    QFETCH(int, slownessMilliseconds);
    m_options.bufferSize = bufferSize;
    m_recorder.slownessMilliseconds = slownessMilliseconds;
    PcapEngine engine(m_recorder.sink());
    const std::uint64_t before = receivedFrames("near0");
    QVERIFY(engine.start(m_options));
    const std::vector<Bytes> frames(10000, smallFrame());
    m_far->run([&] {
        for (int i = 0; i < 30; ++i)
            sendByOtherProgram("far0", frames);
    });
    m_recorder.slownessMilliseconds = 0;
    std::uint64_t mine = 0;
    for (int i = 0; i < 10; ++i)
        mine += engine.send(m_options.device, std::span(frames).first(1000))->sent;
    QCOMPARE(mine, std::uint64_t{10000});
    const CaptureStatistics statistics = engine.stop();
    const std::uint64_t came = receivedFrames("near0") - before;
    QVERIFY(came > 100000);
    QCOMPARE(statistics.delivered, std::uint64_t{m_recorder.count()});
    QCOMPARE(statistics.delivered + statistics.droppedByKernel + statistics.droppedByHelper,
        came + mine);
    if (slownessMilliseconds > 0)
        QVERIFY(statistics.droppedByKernel > 0);
}

void LoadTest::stopsAtOnceWhenIdle()
{
    qint64 best = 1000000;
    for (int i = 0; i < 3; ++i) {
        PcapEngine engine(m_recorder.sink());
        QVERIFY(engine.start(m_options));
        QElapsedTimer timer;
        timer.start();
        engine.stop();
        best = std::min(best, timer.elapsed());
    }
    QVERIFY2(best < 300 * slowness, qPrintable(QString::number(best)));
}

void LoadTest::stopsAtOnceWhenFlooded()
{
    qint64 best = 1000000;
    for (int i = 0; i < 3; ++i) {
        PcapEngine engine(m_recorder.sink());
        QVERIFY(engine.start(m_options));
        std::atomic<bool> enough = false;
        const std::vector<Bytes> frames(1000, smallFrame());
        std::thread flood([&] {
            m_far->run([&] {
                for (int round = 0; round < 2000 && !enough; ++round)
                    sendByOtherProgram("far0", frames);
            });
        });
        while (m_recorder.count() < 20000)
            std::this_thread::yield();
        QElapsedTimer timer;
        timer.start();
        const CaptureStatistics statistics = engine.stop();
        best = std::min(best, timer.elapsed());
        enough = true;
        flood.join();
        QCOMPARE(statistics.delivered, std::uint64_t{m_recorder.count()});
        m_recorder.clear();
    }
    QVERIFY2(best < 300 * slowness, qPrintable(QString::number(best)));
}

void LoadTest::leavesNoThreadAndNoFile()
{
    m_options.bufferSize = 1u << 20;
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(m_options));
    QVERIFY(engine.send(m_options.device, std::vector<Bytes>{smallFrame()}));
    engine.stop();
    const std::size_t threads = entries("/proc/self/task");
    const std::size_t files = entries("/proc/self/fd");
    for (int i = 0; i < 100; ++i) {
        QVERIFY(engine.start(m_options));
        QVERIFY(engine.send(m_options.device, std::vector<Bytes>{smallFrame()}));
        QCOMPARE(engine.stop().delivered, std::uint64_t{1});
    }
    QTRY_COMPARE(entries("/proc/self/task"), threads); // one that was joined is there a moment more
    QCOMPARE(entries("/proc/self/fd"), files);
}

void LoadTest::usesNoProcessorWhenIdle()
{
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(m_options));
    QTest::qWait(100); // whatever the start costs
    const std::clock_t before = std::clock();
    QTest::qWait(1000);
    const double used = double(std::clock() - before) / CLOCKS_PER_SEC;
    QVERIFY2(used < 0.05 * slowness, qPrintable(QString::number(used)));
}

TCPW_TEST(LoadTest);

#include "tst_load.moc"
