// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/tracker.h"
#include "support/testcase.h"

#include <QTest>

#include <set>

using namespace tcpw;

/// A tracker whose oldest packets are dropped: what is over is forgotten, all else stays as it is.
class ForgettingTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsWhatIsStillThere();
    void forgetsInTheEnd();
    void keepsFewBesideOneThatLasts();
};

namespace {

/// Each from an address of its own, every third over IPv6.
SegmentFacts segmentOf(std::uint32_t connection, std::uint16_t bits, std::uint32_t number = 0)
{
    SegmentFacts segment;
    segment.source = {Ipv4Address{0x0a000000 + connection}, 40000};
    segment.destination = {Ipv4Address{0x0b000001}, 8081};
    if (connection % 3 == 2) {
        Ipv6Address address{{0xfd}};
        for (std::size_t i = 0; i < 4; ++i)
            address.octets[12 + i] = static_cast<std::uint8_t>(connection >> (24 - 8 * i));
        segment.source.address = address;
        segment.destination.address = Ipv6Address{{0xfd, 1}};
    }
    segment.controlBits.value = bits;
    segment.sequenceNumber = number;
    segment.window = 1000;
    segment.isWhole = segment.versionFits = true;
    return segment;
}

/// Takes segments and lets all but the newest be dropped.
class Dropping
{
public:
    explicit Dropping(std::uint32_t kept)
        : m_kept(kept)
    {
    }

    TrackedPacket add(const SegmentFacts& segment)
    {
        ++m_number;
        if (m_number > m_kept)
            tracker.forgetBefore(m_number - m_kept);
        return tracker.add(m_number, m_number, Origin::unknown, segment);
    }
    std::size_t known() const
    {
        std::size_t count = 0;
        for (std::uint32_t i = 0; i < tracker.connectionCount(); ++i)
            count += tracker.knows(i);
        return count;
    }

    Tracker tracker;

private:
    std::uint32_t m_kept;
    std::uint32_t m_number = 0;
};

} // namespace

/// Segments of 500 connections that come and go, 2,000 segments later at the latest: nothing that
/// is said of them is other than where nothing is forgotten.
void ForgettingTest::keepsWhatIsStillThere()
{
    Dropping dropping(3000);
    Tracker all;
    for (std::uint32_t i = 0; i < 60'000; ++i) {
        const std::uint32_t connection = i / 4 - std::min(i / 4, i * 7 % 500);
        const auto segment = segmentOf(connection, i % 5 ? ControlBits::ack : ControlBits::syn, i);
        const TrackedPacket one = dropping.add(segment);
        const TrackedPacket other = all.add(i + 1, i + 1, Origin::unknown, segment);
        QCOMPARE(one.connection, other.connection);
        QCOMPARE(one.refersTo, other.refersTo);
        QCOMPARE(one.names.bits, other.names.bits);
        QVERIFY(dropping.tracker.knows(one.connection));
        const ConnectionInfo info = dropping.tracker.connection(one.connection);
        const ConnectionInfo expected = all.connection(other.connection);
        QVERIFY(info.initiator.endpoint == expected.initiator.endpoint);
        QVERIFY(info.responder.endpoint == expected.responder.endpoint);
        QCOMPARE(info.firstPacket, expected.firstPacket);
        QCOMPARE(info.initiator.packets, expected.initiator.packets);
    }
    QVERIFY(all.connectionCount() > 10'000);
    QVERIFY(dropping.known() < 9000);
    QVERIFY(!dropping.tracker.knows(0));
    QVERIFY(!dropping.tracker.knows(std::uint32_t(all.connectionCount())));
}

void ForgettingTest::forgetsInTheEnd()
{
    Dropping dropping(1000);
    for (std::uint32_t i = 0; i < 300'000; ++i)
        QCOMPARE(dropping.add(segmentOf(i, ControlBits::syn)).connection, i);
    QVERIFY(dropping.known() < 10'000);
    QVERIFY(!dropping.tracker.knows(200'000));
    QVERIFY(dropping.tracker.knows(299'500));
    const ConnectionInfo info = dropping.tracker.connection(299'500);
    QVERIFY(info.initiator.endpoint == segmentOf(299'500, 0).source);
    // A late segment between ends that are forgotten begins a connection of its own.
    for (const std::uint32_t late : {5u, 6u, 7u, 200'000u, 299'999u}) {
        const TrackedPacket tracked = dropping.add(segmentOf(late, ControlBits::ack));
        QCOMPARE(tracked.connection < 300'000, late == 299'999u);
        QVERIFY(dropping.tracker.connection(tracked.connection).initiator.endpoint
            == segmentOf(late, 0).source);
    }
    QCOMPARE(dropping.tracker.connectionCount(), std::size_t(300'004));
    dropping.tracker.clear();
    QVERIFY(!dropping.tracker.knows(0));
}

void ForgettingTest::keepsFewBesideOneThatLasts()
{
    Dropping dropping(1000);
    std::uint32_t last = 0;
    for (std::uint32_t i = 0; i < 200'000; ++i) {
        dropping.add(segmentOf(i, ControlBits::syn));
        for (std::uint32_t lasting = 0; lasting <= i && i % 500 == 0; lasting += 40'000)
            last = std::max(last, dropping.add(segmentOf(lasting, ControlBits::ack)).connection);
    }
    QCOMPARE(last, 160'000u); // each has its own number still
    QVERIFY(dropping.known() < 10'000);
}

TCPW_TEST(ForgettingTest);
#include "tst_forgetting.moc"
