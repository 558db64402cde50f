// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/connection/talk.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

constexpr std::uint16_t S = Talk::S, A = Talk::A, F = Talk::F, R = Talk::R, P = Talk::P;

SegmentFacts syn(std::uint32_t port, std::uint32_t sequenceNumber = 1)
{
    SegmentFacts segment;
    segment.source = {our4, static_cast<std::uint16_t>(port)};
    segment.destination = {Ipv4Address{peer4.value + (port >> 16)}, 80};
    segment.sequenceNumber = sequenceNumber;
    segment.controlBits.value = S;
    segment.isWhole = true;
    return segment;
}

} // namespace

class TrackerTest : public QObject
{
    Q_OBJECT
private slots:
    void connectionsAreNumberedByAppearance();
    void bothDirectionsAreOneConnection();
    void synAckNamesItsReceiverInitiator();
    void anythingElseHasNoConnection();
    void wrongVersionIsNotTracked();
    void endsAreCounted();
    void roundTripsAreMeasured();
    void timesMayLieAsFarApartAsTheyCan();
    void unacknowledgedSegmentsAreKept();
    void doubledTimerIsSaid();
    void durationsHaveThreeDigits_data();
    void durationsHaveThreeDigits();
    void oldConnectionAnswersASecondSyn();
    void fewerOptionsAreSaid();
    void dataAfterFinIsSaid();
    void resetBesideItsNumberSendsNothing();
    void kernelsResetOfItsOwnConnectionIsNoNotice();
    void manyConnectionsStayFound();
    void manyUnacknowledgedSegmentsAreBounded();
    void elapsedKeepsThreeDigits();
    void clearForgets();
};

void TrackerTest::connectionsAreNumberedByAppearance()
{
    Tracker tracker;
    for (std::uint32_t i = 0; i < 3; ++i)
        QCOMPARE(tracker.add(i + 1, 0, Origin::unknown, syn(40000 + i)).connection, i);
    QCOMPARE(tracker.add(4, 0, Origin::unknown, syn(40001)).connection, 1u);
    QCOMPARE(tracker.connectionCount(), std::size_t(3));
}

void TrackerTest::bothDirectionsAreOneConnection()
{
    Talk talk;
    QVERIFY(talk.we(S, 999).fromInitiator);
    const auto answer = talk.peer(S | A, 4999, 1000);
    QCOMPARE(answer.connection, 0u);
    QVERIFY(!answer.fromInitiator);
    QVERIFY((talk.info().initiator.endpoint == Endpoint{our4, 40000}));
    QVERIFY((talk.info().responder.endpoint == Endpoint{peer4, 8081}));
}

void TrackerTest::synAckNamesItsReceiverInitiator()
{
    Talk talk;
    QVERIFY(!talk.peer(S | A, 4999, 1000).fromInitiator);
    QVERIFY((talk.info().initiator.endpoint == Endpoint{our4, 40000}));
}

void TrackerTest::anythingElseHasNoConnection()
{
    Tracker tracker;
    const Packet arp{LinkType::ethernet, {EthernetHeader{}, ArpPacket{}}};
    const auto tracked = tracker.add(1, PacketRecord(), encode(arp));
    QVERIFY(!tracked.isTcp());
    QVERIFY(!tracker.add(2, PacketRecord(), ByteView()).isTcp());
    QCOMPARE(tracker.connectionCount(), std::size_t(0));
}

void TrackerTest::wrongVersionIsNotTracked()
{
    Ipv4Header ip = peerIpv4();
    ip.version = 2;
    const Packet packet{LinkType::ethernet, {EthernetHeader{}, ip, peerSegment(S, 1, 0)}};
    QVERIFY(!Tracker().add(1, PacketRecord(), encode(packet)).isTcp());
}

void TrackerTest::endsAreCounted()
{
    Talk talk;
    talk.open();
    talk.we(P | A, 1000, 5000, 100);
    talk.wait(200);
    talk.we(P | A, 1000, 5000, 100);
    talk.peer(A, 5000, 1100);
    const ConnectionInfo info = talk.info();
    QCOMPARE(info.initiator.packets, std::uint64_t(4));
    QCOMPARE(info.responder.packets, std::uint64_t(2));
    QCOMPARE(info.initiator.dataBytes, std::uint64_t(200));
    QCOMPARE(info.initiator.retransmissions, 1u);
    QCOMPARE(info.initiator.initialSequenceNumber, std::optional<std::uint32_t>(999));
    QCOMPARE(info.initiator.nextSequenceNumber, std::optional<std::uint32_t>(1100));
    QCOMPARE(info.initiator.acknowledged, std::optional<std::uint32_t>(1100));
    QCOMPARE(info.firstPacket, 1u);
    QCOMPARE(info.lastPacket, 6u);
    QCOMPARE(info.lastTime - info.firstTime, std::int64_t(205'000'000));
}

void TrackerTest::roundTripsAreMeasured()
{
    Talk talk;
    talk.open();
    QCOMPARE(talk.info().initialRoundTrip, std::optional<std::int64_t>(2'000'000));
    QCOMPARE(talk.info().initiator.smoothedRoundTrip, std::optional<std::int64_t>(1'000'000));
    talk.we(P | A, 1000, 5000, 100);
    talk.wait(8);
    talk.peer(A, 5000, 1100); // 9 ms after: 1 + (9 - 1) / 8
    QCOMPARE(talk.info().initiator.smoothedRoundTrip, std::optional<std::int64_t>(2'000'000));
    talk.we(P | A, 1100, 5000, 100);
    talk.wait(200);
    talk.we(P | A, 1100, 5000, 100);
    talk.peer(A, 5000, 1200); // of which sending is not known
    QCOMPARE(talk.info().initiator.smoothedRoundTrip, std::optional<std::int64_t>(2'000'000));
}

/// Not one difference of two times is too large for a number.
void TrackerTest::timesMayLieAsFarApartAsTheyCan()
{
    constexpr double far = double(latestTime) * 0.999 / 1e6; // ms
    Talk talk;
    talk.step = 0;
    talk.wait(-far);
    talk.open();
    talk.we(P | A, 1000, 5000, 100);
    talk.wait(2 * far);
    talk.we(P | A, 1000, 5000, 100);
    talk.peer(A, 5000, 1050);
    talk.we(P | A, 1100, 5000, 100);
    talk.wait(-2 * far);
    talk.peer(A, 5000, 1200);
    talk.peer(A, 5000, 1200);
    QCOMPARE(talk.info().initiator.unacknowledgedSegments, 0u);
    QCOMPARE(talk.info().lastTime - talk.info().firstTime, std::int64_t{0});
}

void TrackerTest::unacknowledgedSegmentsAreKept()
{
    Talk talk;
    talk.open();
    for (std::uint32_t i = 0; i < 5; ++i)
        talk.we(P | A, 1000 + 100 * i, 5000, 100);
    QCOMPARE(talk.info().initiator.unacknowledgedSegments, 5u);
    talk.peer(A, 5000, 1350);
    QCOMPARE(talk.info().initiator.unacknowledgedSegments, 2u);
    talk.peer(A, 5000, 1500);
    QCOMPARE(talk.info().initiator.unacknowledgedSegments, 0u);
}

void TrackerTest::doubledTimerIsSaid()
{
    Talk talk;
    talk.step = 0;
    talk.we(S, 999);
    talk.wait(1010);
    QCOMPARE(talk.we(S, 999).reason, Reason::retransmission);
    QCOMPARE(
        talk.reason(), QStringLiteral("Retransmission 1 of No. 1 after 1.01 s: no ACK of it came"));
    talk.wait(2020);
    QCOMPARE(talk.we(S, 999).reason, Reason::timerDoubled);
    QCOMPARE(
        talk.reason(), QStringLiteral("Retransmission 2 of No. 1 after 2.02 s: its timer doubled"));
    talk.wait(2020);
    QCOMPARE(talk.we(S, 999).reason, Reason::retransmission);
}

void TrackerTest::durationsHaveThreeDigits_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("microseconds") << qint64(120'000) << QStringLiteral("120 \u00b5s");
    QTest::newRow("nearly a millisecond") << qint64(999'600) << QStringLiteral("1 ms");
    QTest::newRow("milliseconds") << qint64(35'140'000) << QStringLiteral("35.1 ms");
    QTest::newRow("nearly a second") << qint64(999'600'000) << QStringLiteral("1.00 s");
    QTest::newRow("not quite a second") << qint64(999'400'000) << QStringLiteral("999 ms");
    QTest::newRow("seconds") << qint64(2'020'000'000) << QStringLiteral("2.02 s");
    QTest::newRow("nearly ten") << qint64(9'996'000'000) << QStringLiteral("10.0 s");
    QTest::newRow("nearly a hundred") << qint64(99'960'000'000) << QStringLiteral("100 s");
}

void TrackerTest::durationsHaveThreeDigits()
{
    QFETCH(qint64, nanoseconds);
    QTEST(text(durationText(nanoseconds)), "expected");
}

void TrackerTest::oldConnectionAnswersASecondSyn()
{
    Talk talk;
    talk.open();
    QCOMPARE(talk.we(S, 70000).connection, 1u);
    const auto old = talk.peer(A, 5000, 1000);
    QCOMPARE(old.connection, 1u);
    QCOMPARE(old.reason, Reason::ackOfOldConnection);
    QCOMPARE(old.refersTo, 4u);
    const auto reset = talk.we(R, 1000);
    QCOMPARE(reset.reason, Reason::resetOfHalfOpen);
    QCOMPARE(talk.info(1).initiator.state, TcpState::synSent);
}

void TrackerTest::fewerOptionsAreSaid()
{
    Talk talk;
    talk.options.list = {tcpOption::sackPermitted(), tcpOption::windowScale(7)};
    talk.we(S, 999);
    talk.options = {};
    QCOMPARE(talk.peer(S | A, 4999, 1000).reason, Reason::fewerOptions);
    QVERIFY(!talk.info().responder.windowScale);
    QVERIFY(!talk.info().initiator.windowScale);
}

void TrackerTest::dataAfterFinIsSaid()
{
    Talk talk;
    talk.open();
    talk.we(F | A, 1000, 5000);
    const auto data = talk.we(P | A, 1001, 5000, 10);
    QCOMPARE(data.reason, Reason::dataAfterClose);
    QCOMPARE(data.refersTo, 4u);
}

void TrackerTest::resetBesideItsNumberSendsNothing()
{
    Talk talk;
    talk.open();
    QCOMPARE(talk.we(R, 1100).reason, Reason::resetNotTaken);
    QVERIFY(talk.reason().startsWith(QStringLiteral("Its number is not the next")));
    QCOMPARE(talk.peer(A, 5000, 1000).reason, Reason::challengeAck);
    QVERIFY(talk.we(P | A, 1000, 5000, 10).names.empty());
    QCOMPARE(talk.we(R, 1010).reason, Reason::reset);
    QCOMPARE(talk.info().responder.state, TcpState::closed);
}

void TrackerTest::kernelsResetOfItsOwnConnectionIsNoNotice()
{
    Talk talk;
    talk.ourOrigin = Origin::kernel;
    talk.we(S, 999);
    talk.peer(S | A, 4999, 1000);
    QCOMPARE(talk.we(R, 1000).reason, Reason::resetAnswer);
}

void TrackerTest::manyConnectionsStayFound()
{
    constexpr std::uint32_t many = 100'000;
    Tracker tracker;
    for (std::uint32_t i = 0; i < many; ++i)
        QCOMPARE(tracker.add(i + 1, 0, Origin::unknown, syn(i)).connection, i);
    for (std::uint32_t i = 0; i < many; i += 997)
        QCOMPARE(tracker.add(many + i, 0, Origin::unknown, syn(i)).connection, i);
    QCOMPARE(tracker.connectionCount(), std::size_t(many));
}

void TrackerTest::manyUnacknowledgedSegmentsAreBounded()
{
    Tracker tracker;
    SegmentFacts segment = syn(40000);
    segment.controlBits.value = A;
    segment.dataLength = 100;
    for (std::uint32_t i = 0; i < 50'000; ++i) {
        segment.sequenceNumber += 100;
        tracker.add(i + 1, 0, Origin::unknown, segment);
    }
    QVERIFY(tracker.connection(0).initiator.unacknowledgedSegments <= 10'000);
    QCOMPARE(tracker.connection(0).initiator.nextSequenceNumber,
        std::optional<std::uint32_t>(segment.sequenceNumber + 100));
}

void TrackerTest::elapsedKeepsThreeDigits()
{
    TrackedPacket tracked;
    for (const std::int64_t time : {0ll, 1ll, 2047ll, 2048ll, 61'400ll, 2'020'000'000ll,
             7'200'000'000'000ll, 4'000'000'000'000ll}) {
        tracked.setElapsed(time);
        QVERIFY(qAbs(tracked.elapsed() - qMin<std::int64_t>(time, 0x7ffll << 31)) * 1000
            <= qMax<std::int64_t>(time, 1));
    }
    tracked.setElapsed(-5);
    QCOMPARE(tracked.elapsed(), std::int64_t(0));
}

void TrackerTest::clearForgets()
{
    Tracker tracker;
    tracker.add(1, 0, Origin::unknown, syn(1));
    tracker.clear();
    QCOMPARE(tracker.connectionCount(), std::size_t(0));
    QCOMPARE(tracker.add(2, 0, Origin::unknown, syn(2)).connection, 0u);
}

TCPW_TEST(TrackerTest);

} // namespace tcpw

#include "tst_tracker.moc"
