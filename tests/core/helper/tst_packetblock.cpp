// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "filledmessages.h"
#include "helper/packetblock.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

namespace {

PacketBatch filledBatch(std::size_t count, std::size_t length)
{
    PacketBatch batch;
    for (std::size_t i = 0; i < count; ++i) {
        PacketRecord record;
        record.timestamp = std::int64_t(i) * -1'000'000'007;
        record.originalLength = std::uint32_t(length + i);
        record.linkType = LinkType::linuxCooked2;
        record.device = std::uint8_t(i);
        record.origin = Origin(i % 4);
        batch.append(record, Bytes(length, std::uint8_t(i)));
    }
    return batch;
}

Bytes block(const PacketBatch& batch)
{
    Bytes bytes(packetBlockSize(batch, {0, batch.size()}));
    writePackets(bytes, batch, {0, batch.size()});
    return bytes;
}

/// With bytes of its own.
std::optional<PacketBatch> read(ByteView bytes)
{
    const auto borrowed = packetsIn(bytes);
    return borrowed ? std::optional<PacketBatch>(*borrowed) : std::nullopt;
}

} // namespace

class PacketBlockTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsEveryRecordAndByte();
    void takesAnEmptyBatchAndEmptyPackets();
    void saysItsSizeBeforehand();
    void splitsIntoPartsThatMakeTheWhole_data();
    void splitsIntoPartsThatMakeTheWhole();
    void refusesCountsAndLengthsThatTheBytesDoNotBear();
};

void PacketBlockTest::keepsEveryRecordAndByte()
{
    const auto batch = filledBatch(300, 66);
    const auto again = read(block(batch));
    QVERIFY(again);
    QVERIFY(*again == batch);
}

void PacketBlockTest::takesAnEmptyBatchAndEmptyPackets()
{
    QVERIFY(read(block({})) == PacketBatch());
    const auto batch = filledBatch(3, 0);
    QVERIFY(read(block(batch)) == batch);
}

void PacketBlockTest::saysItsSizeBeforehand()
{
    QCOMPARE(packetBlockSize({}, {}), 4u);
    QCOMPARE(packetBlockSize(filledBatch(7, 100), {2, 3}), 4u + 3 * 120);
}

void PacketBlockTest::splitsIntoPartsThatMakeTheWhole_data()
{
    QTest::addColumn<int>("limit");
    for (const int limit : {0, 124, 125, 1000, 1 << 20})
        QTest::addRow("%d bytes", limit) << limit;
}

void PacketBlockTest::splitsIntoPartsThatMakeTheWhole()
{
    QFETCH(int, limit);
    const auto batch = filledBatch(50, 100);
    PacketBatch together;
    std::size_t next = 0;
    while (next < batch.size()) {
        const auto range = packetsThatFit(batch, next, std::size_t(limit));
        QCOMPARE(range.first, next);
        QVERIFY(range.count > 0);
        Bytes part(packetBlockSize(batch, range));
        writePackets(part, batch, range);
        QVERIFY(range.count == 1 || part.size() <= std::size_t(limit));
        const auto packets = packetsIn(part);
        QVERIFY(packets);
        for (std::size_t i = 0; i < packets->size(); ++i)
            together.append(packets->record(i), packets->bytes(i));
        next += range.count;
    }
    QVERIFY(together == batch);
}

void PacketBlockTest::refusesCountsAndLengthsThatTheBytesDoNotBear()
{
    const Bytes good = block(filledBatch(2, 10));
    QVERIFY(read(good));
    for (const std::size_t place : {0u, 3u, 12u, 15u, 35u}) { // counts, captured lengths
        Bytes bad = good;
        bad[place] += 1;
        QVERIFY(!read(bad));
    }
    Bytes origin = good;
    origin[4 + 19] = 4;
    QVERIFY(!read(origin));
}

TCPW_TEST(PacketBlockTest);

#include "tst_packetblock.moc"
