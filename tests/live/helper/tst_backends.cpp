// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "backendfixture.h"
#include "helper/localbackend.h"
#include "support/testcase.h"

using namespace tcpw;

namespace {

constexpr std::uint16_t syn = ControlBits::syn, rst = ControlBits::rst,
                        synAck = ControlBits::syn | ControlBits::ack;

} // namespace

/// What holds for capturing and sending with every backend, however it does it.
class BackendsTest : public BackendFixture
{
    Q_OBJECT
private slots:
    void showsWhoSentWhat_data() { rows(); }
    void showsWhoSentWhat();
    void keepsTheKernelSilent_data() { rows(); }
    void keepsTheKernelSilent();
    void handsOverEveryPacketBeforeStopReturns_data() { rows(); }
    void handsOverEveryPacketBeforeStopReturns();
    void countsWhatNobodyTookOver_data() { helperRow(); }
    void countsWhatNobodyTookOver();
    void sendsWithoutACapture_data() { rows(); }
    void sendsWithoutACapture();
    void reportsFramesThatCannotBeSent_data() { rows(); }
    void reportsFramesThatCannotBeSent();
    void refusesADeviceThatIsNotTheChosenOne_data() { rows(); }
    void refusesADeviceThatIsNotTheChosenOne();
    void capturesWhatTheFilterLets_data() { rows(); }
    void capturesWhatTheFilterLets();
    void refusesWrongCaptures_data() { rows(); }
    void refusesWrongCaptures();
    void stopsAnyNumberOfTimes_data() { rows(); }
    void stopsAnyNumberOfTimes();
};

void BackendsTest::showsWhoSentWhat()
{
    const auto started = capture();
    QVERIFY2(started, qPrintable(problem(started)));
    QCOMPARE(started->linkType, LinkType::ethernet);
    const auto port = m_backend->newPort().value_or(0);
    const auto report = m_backend->send(lab0().id, {synFrame(port, tutorialPort)});
    QVERIFY2(report, qPrintable(problem(report)));
    QVERIFY(*report == (SendReport{1, 0, ""}));
    QTRY_COMPARE(m_recorder->segments(Origin::me, syn, port), 1);
    QTRY_COMPARE(m_recorder->segments(Origin::peer, synAck, port), 1);
    QTRY_COMPARE(m_recorder->segments(Origin::kernel, rst, port), 1);
    m_recorder->forEachPacket(
        [](const PacketRecord& record, ByteView) { QCOMPARE(record.device, captureNumber); });
}

void BackendsTest::keepsTheKernelSilent()
{
    const auto started = capture("tcp");
    QVERIFY2(started, qPrintable(problem(started)));
    const auto port = m_backend->newPort().value_or(0);
    const GuardRequest request{labAddress::near4, port, 0};
    const auto armed = m_backend->armGuard(request);
    QVERIFY2(armed, qPrintable(problem(armed)));
    QVERIFY(armed->needed && armed->dropsAll);
    const auto again = m_backend->armGuard(request);
    QVERIFY(again && *again == *armed);
    QVERIFY(m_backend->send(lab0().id, {synFrame(port, tutorialPort)}));
    QTRY_VERIFY(m_recorder->segments(Origin::peer, synAck, port) >= 2); // retransmitted after 1 s
    QCOMPARE(m_recorder->segments(Origin::kernel, rst, port), 0);

    QVERIFY(m_backend->releaseGuards());
    QTRY_VERIFY_WITH_TIMEOUT(m_recorder->segments(Origin::kernel, rst, port) >= 1, 10'000);
}

void BackendsTest::handsOverEveryPacketBeforeStopReturns()
{
    const auto started = capture(numberedFrames);
    QVERIFY2(started, qPrintable(problem(started)));
    constexpr std::uint32_t count = 25'000; // more than one request takes
    const auto report = m_backend->send(lab0().id, manyFrames(count));
    QVERIFY2(report, qPrintable(problem(report)));
    QVERIFY2(*report == (SendReport{count, 0, ""}), report->firstProblem.c_str());
    const auto statistics = m_backend->stopCapture(captureNumber);
    QVERIFY2(statistics, qPrintable(problem(statistics)));
    QCOMPARE(statistics->delivered, m_recorder->packetCount());
    QCOMPARE(
        statistics->delivered + statistics->droppedByKernel + statistics->droppedByHelper, count);
    QCOMPARE(statistics->delivered, count);
    std::uint32_t next = 0;
    m_recorder->forEachPacket([&next](const PacketRecord& record, ByteView bytes) {
        QVERIFY(std::ranges::equal(bytes, numberedFrame(next++)));
        QCOMPARE(record.origin, Origin::me);
    });
}

void BackendsTest::countsWhatNobodyTookOver()
{
    const auto started = capture(numberedFrames);
    QVERIFY2(started, qPrintable(problem(started)));
    const DeviceId device = lab0().id;
    constexpr std::uint32_t rounds = 260, count = 1000;
    const std::vector<Bytes> frames(count, numberedFrame(1, 1500)); // 390 MB in all
    LocalBackend other({});
    {
        const auto closed = m_recorder->close();
        for (std::uint32_t round = 0; round < rounds; ++round) {
            QElapsedTimer took;
            took.start();
            const auto report = other.send(device, frames);
            QVERIFY2(report, qPrintable(problem(report)));
            QCOMPARE(report->sent, count);
            // Slower than what the kernel would lose, on a busy machine and on a slow one.
            QThread::msleep(2 + 2 * static_cast<unsigned long>(took.elapsed()));
        }
    }
    const auto statistics = m_backend->stopCapture(captureNumber);
    QVERIFY2(statistics, qPrintable(problem(statistics)));
    QVERIFY(statistics->droppedByHelper > 0);
    QCOMPARE(statistics->delivered, m_recorder->packetCount());
    QCOMPARE(statistics->delivered + statistics->droppedByKernel + statistics->droppedByHelper,
        rounds * count);
}

void BackendsTest::sendsWithoutACapture()
{
    const auto report
        = m_backend->send(lab0().id, {numberedFrame(1), numberedFrame(2), numberedFrame(3)});
    QVERIFY2(report, qPrintable(problem(report)));
    QVERIFY(*report == (SendReport{3, 0, ""}));
    const auto none = m_backend->send(lab0().id, {});
    QVERIFY(none && *none == SendReport());
}

void BackendsTest::reportsFramesThatCannotBeSent()
{
    const auto report
        = m_backend->send(lab0().id, {numberedFrame(1), numberedFrame(2, 9000), numberedFrame(3)});
    QVERIFY2(report, qPrintable(problem(report)));
    QCOMPARE(report->sent, 2u);
    QCOMPARE(report->failed, 1u);
    QVERIFY(!report->firstProblem.empty());
}

void BackendsTest::refusesADeviceThatIsNotTheChosenOne()
{
    DeviceId other = lab0().id;
    other.index += 1000;
    CaptureOptions options;
    options.device = other;
    const auto started = m_backend->startCapture(options);
    QVERIFY2(problem(started).contains(QStringLiteral("lab0")), qPrintable(problem(started)));
    const auto report = m_backend->send(other, {numberedFrame(1)});
    QVERIFY2(problem(report).contains(QStringLiteral("lab0")), qPrintable(problem(report)));
    const auto neighbour = m_backend->findNeighbour(other, labAddress::far4);
    QVERIFY2(problem(neighbour).contains(QStringLiteral("lab0")), qPrintable(problem(neighbour)));
    const auto reach = m_backend->checkReachability(other, labAddress::far4);
    QVERIFY2(problem(reach).contains(QStringLiteral("lab0")), qPrintable(problem(reach)));
}

void BackendsTest::capturesWhatTheFilterLets()
{
    QVERIFY(capture(std::string(numberedFrames) + " and ether[14:4] = 2"));
    QVERIFY(m_backend->send(lab0().id, manyFrames(5)));
    const auto statistics = m_backend->stopCapture(captureNumber);
    QVERIFY(statistics);
    QCOMPARE(statistics->delivered, 1u);
    QCOMPARE(m_recorder->packetCount(), 1u);
}

void BackendsTest::refusesWrongCaptures()
{
    QVERIFY(!problem(capture("tcp prt 80")).isEmpty());
    QVERIFY(problem(capture(std::string(maximumFilterLength + 1, ' ')))
                .contains(QStringLiteral("shorter")));
    CaptureOptions options;
    options.device = lab0().id;
    options.snapshotLength = 0;
    QVERIFY(!m_backend->startCapture(options));
    options.snapshotLength = 300'000;
    QVERIFY(!m_backend->startCapture(options));

    QVERIFY(capture());
    QVERIFY(problem(capture()).contains(QStringLiteral("running already")));
    options.snapshotLength = 100;
    options.number = captureNumber + 1;
    QVERIFY(problem(m_backend->startCapture(options))
                .contains(QStringLiteral("capture on lab0 already")));
    QVERIFY(m_backend->stopCapture(captureNumber));
    QVERIFY(m_backend->startCapture(options));
}

void BackendsTest::stopsAnyNumberOfTimes()
{
    QVERIFY(problem(m_backend->stopCapture(captureNumber)).contains(QStringLiteral("number 7")));
    QVERIFY(!m_backend->captureStatistics(captureNumber));
    for (const std::uint32_t count : {10u, 3u}) { // each capture counts from zero
        QVERIFY(capture(numberedFrames));
        QVERIFY(m_backend->captureStatistics(captureNumber));
        QVERIFY(m_backend->send(lab0().id, manyFrames(count)));
        const auto first = m_backend->stopCapture(captureNumber);
        QVERIFY(first);
        QCOMPARE(first->delivered, count);
        const auto again = m_backend->stopCapture(captureNumber);
        QVERIFY(again && *again == *first);
        const auto read = m_backend->captureStatistics(captureNumber);
        QVERIFY(read && *read == *first);
    }
}

TCPW_TEST(BackendsTest);

#include "tst_backends.moc"
