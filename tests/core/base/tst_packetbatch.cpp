// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/packetbatch.h"
#include "support/testcase.h"

#include <QTest>

#include <algorithm>

using namespace tcpw;

class PacketBatchTest : public QObject
{
    Q_OBJECT
private slots:
    void givesBackWhatWasAppended();
    void takesTheCapturedLengthFromTheBytes();
    void copiesWhatIsBorrowed();
    void isEmptyAfterClear();
    void namesEveryOrigin();
};

void PacketBatchTest::givesBackWhatWasAppended()
{
    PacketBatch batch;
    for (std::uint8_t i = 0; i < 100; ++i) {
        PacketRecord record;
        record.timestamp = i;
        record.device = i;
        batch.append(record, Bytes(i, i));
    }
    QCOMPARE(batch.size(), std::size_t(100));
    QCOMPARE(batch.byteCount(), std::size_t(99 * 100 / 2));
    for (std::uint8_t i = 0; i < 100; ++i) {
        QCOMPARE(batch.record(i).timestamp, std::int64_t(i));
        const ByteView bytes = batch.bytes(i);
        QVERIFY(Bytes(bytes.begin(), bytes.end()) == Bytes(i, i));
    }
}

void PacketBatchTest::takesTheCapturedLengthFromTheBytes()
{
    PacketBatch batch;
    PacketRecord record;
    record.capturedLength = 1;
    record.originalLength = 1500;
    batch.append(record, Bytes{1, 2, 3});
    QCOMPARE(batch.record(0).capturedLength, 3u);
    QCOMPARE(batch.record(0).originalLength, 1500u);
}

void PacketBatchTest::copiesWhatIsBorrowed()
{
    Bytes memory{1, 2, 3, 4, 5};
    PacketBatch borrowed = PacketBatch::borrowing(memory);
    PacketRecord record;
    record.capturedLength = 2;
    borrowed.appendBorrowed(record, 1);
    borrowed.appendBorrowed(record, 3);
    QCOMPARE(borrowed.bytes(1).data(), memory.data() + 3);
    PacketBatch copy = borrowed, assigned;
    assigned = borrowed;
    memory.assign(5, 0);
    for (const PacketBatch* each : {&copy, &assigned}) {
        QCOMPARE(each->size(), std::size_t(2));
        QCOMPARE(each->byteCount(), std::size_t(4));
        QVERIFY(std::ranges::equal(each->bytes(0), Bytes{2, 3}));
        QVERIFY(std::ranges::equal(each->bytes(1), Bytes{4, 5}));
    }
}

void PacketBatchTest::isEmptyAfterClear()
{
    PacketBatch batch;
    batch.append({}, Bytes{1});
    QVERIFY(!batch.empty());
    batch.clear();
    QVERIFY(batch.empty());
    QCOMPARE(batch.byteCount(), std::size_t(0));
    batch.append({}, Bytes{2});
    QCOMPARE(batch.bytes(0)[0], std::uint8_t(2));
}

void PacketBatchTest::namesEveryOrigin()
{
    QCOMPARE(QString::fromLatin1(originName(Origin::me)), QStringLiteral("me"));
    QCOMPARE(QString::fromLatin1(originName(Origin::kernel)), QStringLiteral("kernel"));
    QCOMPARE(QString::fromLatin1(originName(Origin::peer)), QStringLiteral("peer"));
    QCOMPARE(QString::fromLatin1(originName(Origin::unknown)), QString());
}

TCPW_TEST(PacketBatchTest);

#include "tst_packetbatch.moc"
