// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/sentsegments.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

/// What was sent and is not acknowledged: found by its numbers, given back in its order.
class SentSegmentsTest : public QObject
{
    Q_OBJECT
private slots:
    void findsWhatHoldsANumber();
    void forgetsWhatIsAcknowledged();
    void keepsManyWhileTheyMoveOn_data();
    void keepsManyWhileTheyMoveOn();
    void keepsNoMoreThanTheMost();
};

namespace {

constexpr std::uint32_t length = 100;

/// The segment number `i` of a row of them, sent at the time `i`; its sequence numbers wrap soon.
SentSegment segment(std::uint32_t i)
{
    SentSegment segment;
    segment.begin = 0xffff'0000 + i * length;
    segment.end = segment.begin + length;
    segment.packet = i + 1;
    segment.lastTime = i;
    return segment;
}

} // namespace

void SentSegmentsTest::findsWhatHoldsANumber()
{
    SentSegments segments;
    QVERIFY(!segments.find(segment(0).begin));
    for (const std::uint32_t i : {3u, 0u, 2u}) // one is missing, and they come as they like
        segments.add(segment(i));
    for (const std::uint32_t i : {0u, 2u, 3u}) {
        QVERIFY(segments.find(segment(i).begin));
        QCOMPARE(segments.find(segment(i).begin)->packet, i + 1);
        QCOMPARE(segments.find(segment(i).end - 1)->packet, i + 1);
    }
    QVERIFY(!segments.find(segment(0).begin - 1));
    QVERIFY(!segments.find(segment(1).begin));
    QVERIFY(!segments.find(segment(3).end));
}

void SentSegmentsTest::forgetsWhatIsAcknowledged()
{
    SentSegments segments;
    for (std::uint32_t i = 0; i < 4; ++i)
        segments.add(segment(i));
    QVERIFY(!segments.acknowledge(segment(0).end - 1));
    QCOMPARE(segments.size(), std::size_t{4});
    QCOMPARE(segments.acknowledge(segment(1).end).value_or(-1), std::int64_t{1});
    QCOMPARE(segments.size(), std::size_t{2});
    segments.find(segment(2).begin)->repeats = 1;
    QVERIFY(!segments.acknowledge(segment(2).end)); // which of the two was it?
    QCOMPARE(segments.acknowledge(segment(9).end).value_or(-1), std::int64_t{3});
    QVERIFY(segments.empty());
    segments.add(segment(20));
    QCOMPARE(segments.find(segment(20).begin)->packet, 21u);
}

void SentSegmentsTest::keepsManyWhileTheyMoveOn_data()
{
    QTest::addColumn<std::uint32_t>("underway");
    for (const std::uint32_t count : {1u, 2u, 3u, 4u, 5u, 100u, 8191u, 8192u, 9000u, 9999u})
        QTest::addRow("%u", count) << count;
}

void SentSegmentsTest::keepsManyWhileTheyMoveOn()
{
    QFETCH(std::uint32_t, underway);
    SentSegments segments;
    for (std::uint32_t i = 0; i < underway; ++i)
        segments.add(segment(i));
    for (std::uint32_t i = 0; i < 40000; ++i) {
        segments.add(segment(i + underway));
        QCOMPARE(segments.acknowledge(segment(i).end).value_or(-1), std::int64_t{i});
        QCOMPARE(segments.size(), std::size_t{underway});
        QCOMPARE(segments.find(segment(i + underway).begin)->packet, i + underway + 1);
    }
}

void SentSegmentsTest::keepsNoMoreThanTheMost()
{
    SentSegments segments;
    const auto most = std::uint32_t(SentSegments::most);
    for (std::uint32_t i = 0; i < most + 5; ++i)
        segments.add(segment(i));
    QCOMPARE(segments.size(), SentSegments::most);
    QVERIFY(!segments.find(segment(most).begin));
    QCOMPARE(segments.acknowledge(segment(most / 2).end).value_or(-1), std::int64_t{most / 2});
    segments.add(segment(most));
    QCOMPARE(segments.find(segment(most).begin)->packet, most + 1);
}

TCPW_TEST(SentSegmentsTest);
#include "tst_sentsegments.moc"
