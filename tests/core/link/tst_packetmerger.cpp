// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/packetmerger.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

class PacketMergerTest : public QObject
{
    Q_OBJECT
private slots:
    void givesOneRingAsItIs();
    void ordersTwoRingsByTime();
    void waitsForARingThatHasSomethingLeft();
    void waitsNoLongerThanWhatThatRingGave();
    void keepsTheOrderWithinARingWhenTheClockStepsBack();
    void givesEverythingWhenAsked();
    void keepsBytesAndRecords();
};

namespace {

void append(PacketMerger& merger, std::size_t ring, std::initializer_list<std::int64_t> times)
{
    for (const std::int64_t time : times) {
        PacketRecord record;
        record.timestamp = time;
        record.device = static_cast<std::uint8_t>(ring);
        merger.append(ring, record, Bytes{static_cast<std::uint8_t>(time)});
    }
}

QList<qint64> times(const PacketBatch& batch)
{
    QList<qint64> result;
    for (std::size_t i = 0; i < batch.size(); ++i)
        result << batch.record(i).timestamp;
    return result;
}

} // namespace

void PacketMergerTest::givesOneRingAsItIs()
{
    PacketMerger merger(1);
    QVERIFY(merger.empty());
    append(merger, 0, {5, 7, 6});
    merger.setDrained(0, false);
    QCOMPARE(times(merger.take()), (QList<qint64>{5, 7, 6}));
    QVERIFY(merger.empty());
}

void PacketMergerTest::ordersTwoRingsByTime()
{
    PacketMerger merger(2);
    append(merger, 0, {1, 4, 5});
    append(merger, 1, {2, 3, 6});
    merger.setDrained(0, true);
    merger.setDrained(1, true);
    QCOMPARE(times(merger.take()), (QList<qint64>{1, 2, 3, 4, 5, 6}));
}

void PacketMergerTest::waitsForARingThatHasSomethingLeft()
{
    PacketMerger merger(2);
    append(merger, 0, {10, 20});
    merger.setDrained(0, true);
    merger.setDrained(1, false);
    QVERIFY(merger.take().empty());
    QVERIFY(!merger.empty());
    append(merger, 1, {5, 15});
    merger.setDrained(1, true);
    QCOMPARE(times(merger.take()), (QList<qint64>{5, 10, 15, 20}));
}

void PacketMergerTest::waitsNoLongerThanWhatThatRingGave()
{
    PacketMerger merger(2);
    append(merger, 0, {10, 20, 30});
    append(merger, 1, {5, 20});
    merger.setDrained(0, true);
    merger.setDrained(1, false);
    QCOMPARE(times(merger.take()), (QList<qint64>{5, 10, 20, 20}));
    merger.setDrained(1, true);
    QCOMPARE(times(merger.take()), (QList<qint64>{30}));
}

void PacketMergerTest::keepsTheOrderWithinARingWhenTheClockStepsBack()
{
    PacketMerger merger(2);
    append(merger, 0, {1000, 10, 20});
    append(merger, 1, {15});
    merger.setDrained(0, true);
    merger.setDrained(1, true);
    QCOMPARE(times(merger.take()), (QList<qint64>{15, 1000, 10, 20}));
}

void PacketMergerTest::givesEverythingWhenAsked()
{
    PacketMerger merger(3);
    append(merger, 0, {3});
    append(merger, 2, {1, 2});
    QVERIFY(merger.take().empty());
    QCOMPARE(times(merger.takeAll()), (QList<qint64>{1, 2, 3}));
    QVERIFY(merger.empty());
}

void PacketMergerTest::keepsBytesAndRecords()
{
    PacketMerger merger(2);
    append(merger, 0, {2});
    append(merger, 1, {1});
    const PacketBatch batch = merger.takeAll();
    QCOMPARE(batch.size(), std::size_t{2});
    QCOMPARE(batch.record(0).device, std::uint8_t{1});
    QCOMPARE(batch.bytes(0).size(), std::size_t{1});
    QCOMPARE(batch.bytes(0)[0], std::uint8_t{1});
    QCOMPARE(batch.bytes(1)[0], std::uint8_t{2});
}

TCPW_TEST(PacketMergerTest);

#include "tst_packetmerger.moc"
