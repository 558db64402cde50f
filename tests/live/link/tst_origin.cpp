// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/pcapengine.h"
#include "support/testcase.h"
#include "testtraffic.h"

#include <QTest>

#include <map>
#include <thread>

using namespace tcpw;

/// Who put a packet on the wire: each case with marks and, as on older kernels, without.
class OriginTest : public QObject, protected LinkFixture
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup() { endPair(); }
    void tellsThreeSourcesApart_data() { withAndWithoutMarks(); }
    void tellsThreeSourcesApart();
    void tellsEqualBytesTwice_data() { withAndWithoutMarks(); }
    void tellsEqualBytesTwice();
    void tellsEqualBytesOfKernelAndMe_data() { withAndWithoutMarks(); }
    void tellsEqualBytesOfKernelAndMe();
    void tellsSnappedFrames_data() { withAndWithoutMarks(); }
    void tellsSnappedFrames();
    void tellsFramesAroundDrops_data() { withAndWithoutMarks(); }
    void tellsFramesAroundDrops();
    void tellsAnotherProgramFromMe_data() { withAndWithoutMarks(); }
    void tellsAnotherProgramFromMe();
    void isRightForTenThousandFramesFromThreeSourcesAtOnce_data() { withAndWithoutMarks(); }
    void isRightForTenThousandFramesFromThreeSourcesAtOnce();
    void keepsTheOrderOfQuestionAndAnswer();
    void tellsExactlyWhoseEqualFrameIsWhose();

private:
    void withAndWithoutMarks();
    void run(const std::function<void(PcapEngine&)>& steps);
    CaptureOptions options() const;
    std::map<Origin, int> origins() const;
    std::size_t send(PcapEngine& engine, const std::vector<Bytes>& frames) const;
};

void OriginTest::withAndWithoutMarks()
{
    QTest::addColumn<bool>("marks");
    QTest::newRow("marks") << true;
    QTest::newRow("no marks") << false;
}

void OriginTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
}

void OriginTest::init()
{
    makePair();
    m_recorder.slownessMilliseconds = 0;
}

CaptureOptions OriginTest::options() const
{
    CaptureOptions options;
    options.device = deviceNamed("near0");
    options.filter = "udp port 9009";
    return options;
}

/// Runs the steps with an engine, on a thread that may not mark where the row says so.
void OriginTest::run(const std::function<void(PcapEngine&)>& steps)
{
    QFETCH(bool, marks);
    bool ready = true;
    std::thread([&] {
        ready = marks || forbidMarks();
        PcapEngine engine(m_recorder.sink());
        if (ready)
            steps(engine);
        engine.stop();
    }).join();
    QVERIFY(ready);
}

std::size_t OriginTest::send(PcapEngine& engine, const std::vector<Bytes>& frames) const
{
    const auto report = engine.send(deviceNamed("near0"), frames);
    return report ? report->sent : 0;
}

std::map<Origin, int> OriginTest::origins() const
{
    std::map<Origin, int> counts;
    for (const Captured& each : m_recorder.tests())
        ++counts[each.record.origin];
    return counts;
}

void OriginTest::tellsThreeSourcesApart()
{
    run([this](PcapEngine& engine) {
        engine.start(options());
        send(engine, {udpFrame("me")});
        sendByKernel({"kernel"});
        m_far->run([] { sendByKernel({"peer"}, false); });
    });
    QCOMPARE(m_recorder.testCount(), std::size_t{3});
    for (const Captured& each : m_recorder.tests())
        QCOMPARE(payloadOf(each), std::string(originName(each.record.origin)));
}

void OriginTest::tellsEqualBytesTwice()
{
    run([this](PcapEngine& engine) {
        engine.start(options());
        send(engine, {udpFrame("same"), udpFrame("same")});
        send(engine, {udpFrame("same")});
    });
    QCOMPARE(m_recorder.testCount(), std::size_t{3});
    QCOMPARE(origins()[Origin::me], 3);
}

void OriginTest::tellsEqualBytesOfKernelAndMe()
{
    // What the kernel sends is sent by us, too, byte for byte.
    run([this](PcapEngine& engine) {
        engine.start(options());
        sendByKernel({"same"});
        engine.stop();
        const Bytes same = m_recorder.tests().at(0).bytes;
        m_recorder.clear();
        engine.start(options());
        for (int i = 0; i < 10; ++i) {
            sendByOtherProgram("near0", {same, same});
            send(engine, {same});
        }
    });
    QCOMPARE(m_recorder.testCount(), std::size_t{30});
    const auto first = m_recorder.tests().front().bytes;
    for (const Captured& each : m_recorder.tests())
        QVERIFY(each.bytes == first);
    QCOMPARE(origins()[Origin::me], 10);
    QCOMPARE(origins()[Origin::kernel], 20);
}

void OriginTest::tellsSnappedFrames()
{
    run([this](PcapEngine& engine) {
        CaptureOptions snapped = options();
        snapped.snapshotLength = 50;
        engine.start(snapped);
        send(engine, {udpFrame("longlonglonglong1"), udpFrame("longlonglonglong22")});
        sendByOtherProgram("near0", {udpFrame("longlonglonglong333")});
        m_far->run([] { sendByKernel({"longlonglonglong4444"}, false); });
    });
    const auto packets = m_recorder.tests();
    QCOMPARE(packets.size(), std::size_t{4});
    QCOMPARE(packets[0].bytes.size(), std::size_t{50});
    QVERIFY(packets[0].record.origin == Origin::me);
    QVERIFY(packets[1].record.origin == Origin::me);
    QVERIFY(packets[2].record.origin == Origin::kernel);
    QVERIFY(packets[3].record.origin == Origin::peer);
}

void OriginTest::tellsFramesAroundDrops()
{
    // A sink that sleeps and the smallest ring: many of ours are lost between those that are seen.
    CaptureStatistics statistics;
    std::size_t sent = 0;
    m_recorder.slownessMilliseconds = 30;
    run([&](PcapEngine& engine) {
        CaptureOptions small = options();
        small.bufferSize = 1u << 20;
        engine.start(small);
        for (int round = 0; round < 60; ++round) {
            sent += send(engine, std::vector<Bytes>(64, udpFrame("me" + std::string(1000, '.'))));
            sendByKernel(std::vector<std::string>(32, "kernel" + std::string(1000, '.')));
        }
        m_recorder.slownessMilliseconds = 0;
        send(engine, {udpFrame("me, the last")});
        statistics = engine.stop();
    });
    QCOMPARE(sent, std::size_t{60 * 64});
    QVERIFY(statistics.droppedByKernel > 0);
    for (const Captured& each : m_recorder.tests()) {
        const std::string payload = payloadOf(each);
        QVERIFY(payload.starts_with(originName(each.record.origin)));
    }
}

void OriginTest::tellsAnotherProgramFromMe()
{
    run([this](PcapEngine& engine) {
        engine.start(options());
        send(engine, {udpFrame("me")});
        sendByOtherProgram("near0", {udpFrame("kernel")});
    });
    QCOMPARE(m_recorder.testCount(), std::size_t{2});
    for (const Captured& each : m_recorder.tests())
        QCOMPARE(payloadOf(each), std::string(originName(each.record.origin)));
}

namespace {

std::string numbered(const char* source, int number)
{
    return std::string(source) + " " + std::to_string(100000 + number);
}

} // namespace

void OriginTest::isRightForTenThousandFramesFromThreeSourcesAtOnce()
{
    constexpr int each = 3400;
    CaptureStatistics statistics;
    run([&](PcapEngine& engine) {
        engine.start(options());
        std::vector<std::string> ofKernel, ofPeer;
        for (int i = 0; i < each; ++i) {
            ofKernel.push_back(numbered("kernel", i));
            ofPeer.push_back(numbered("peer", i));
        }
        std::thread kernel([&] { sendByKernel(ofKernel); });
        std::thread peer([&] { m_far->run([&] { sendByKernel(ofPeer, false); }); });
        for (int i = 0; i < each;) {
            std::vector<Bytes> frames;
            for (int j = 0; j < 1 + i % 40 && i < each; ++j, ++i)
                frames.push_back(udpFrame(numbered("me", i)));
            send(engine, frames);
        }
        kernel.join();
        peer.join();
        statistics = engine.stop();
    });
    QCOMPARE(statistics.droppedByKernel, std::uint64_t{0});
    std::map<std::string, int> next;
    for (const Captured& packet : m_recorder.tests()) {
        const std::string source = originName(packet.record.origin);
        QCOMPARE(payloadOf(packet), numbered(source.c_str(), next[source]++));
    }
    QCOMPARE(next["me"], each);
    QCOMPARE(next["kernel"], each);
    QCOMPARE(next["peer"], each);
}

void OriginTest::keepsTheOrderOfQuestionAndAnswer()
{
    // Each question of ours is answered by a packet of the peer's, in another ring.
    constexpr int rounds = 200;
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(options()));
    for (int i = 0; i < rounds; ++i) {
        QCOMPARE(send(engine, {udpFrame(numbered("me", i))}), std::size_t{1});
        if (i % 2)
            QVERIFY(sendByKernel({numbered("kernel", i)}));
        m_far->run([i] { sendByKernel({numbered("peer", i)}, false); });
    }
    engine.stop();
    const auto packets = m_recorder.tests();
    std::size_t at = 0;
    for (int i = 0; i < rounds; ++i) {
        QCOMPARE(payloadOf(packets.at(at++)), numbered("me", i));
        if (i % 2)
            QCOMPARE(payloadOf(packets.at(at++)), numbered("kernel", i));
        QCOMPARE(payloadOf(packets.at(at++)), numbered("peer", i));
    }
    QCOMPARE(packets.size(), at);
}

void OriginTest::tellsExactlyWhoseEqualFrameIsWhose()
{
    // With marks not only the counts are right: 5 of the other program's come before 5 of ours.
    PcapEngine engine(m_recorder.sink());
    QVERIFY(engine.start(options()));
    const std::vector<Bytes> same(5, udpFrame("same"));
    QCOMPARE(sendByOtherProgram("near0", same), std::size_t{5});
    QCOMPARE(send(engine, same), std::size_t{5});
    engine.stop();
    const auto packets = m_recorder.tests();
    QCOMPARE(packets.size(), std::size_t{10});
    for (std::size_t i = 0; i < packets.size(); ++i)
        QVERIFY(packets[i].record.origin == (i < 5 ? Origin::kernel : Origin::me));
}

TCPW_TEST(OriginTest);

#include "tst_origin.moc"
