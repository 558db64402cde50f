// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytereader.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

class ByteReaderTest : public QObject
{
    Q_OBJECT
private slots:
    void readsBigEndianNumbers();
    void givesZeroPastTheEndAndSaysSo();
    void takesWhatThereIs();
    void showsWhatRemainsWithoutReading();
};

void ByteReaderTest::readsBigEndianNumbers()
{
    const Bytes bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    ByteReader reader(bytes);
    QCOMPARE(reader.u8(), std::uint8_t(0x01));
    QCOMPARE(reader.u16(), std::uint16_t(0x0203));
    QCOMPARE(reader.u32(), std::uint32_t(0x04050607));
    QCOMPARE(reader.u64(), std::uint64_t(0x08090a0b0c0d0e0f));
    QCOMPARE(reader.remaining(), std::size_t(0));
    QVERIFY(!reader.failed());
}

void ByteReaderTest::givesZeroPastTheEndAndSaysSo()
{
    const Bytes bytes = {0xff, 0xff, 0xff};
    ByteReader reader(bytes);
    QCOMPARE(reader.u32(), std::uint32_t(0));
    QVERIFY(reader.failed());
    QCOMPARE(reader.position(), std::size_t(3));
    QCOMPARE(reader.u8(), std::uint8_t(0));
    QCOMPARE(reader.remaining(), std::size_t(0));
}

void ByteReaderTest::takesWhatThereIs()
{
    const Bytes bytes = {1, 2, 3};
    ByteReader reader(bytes);
    QCOMPARE(reader.take(2).size(), std::size_t(2));
    QVERIFY(!reader.failed());
    const ByteView last = reader.take(5);
    QCOMPARE(last.size(), std::size_t(1));
    QCOMPARE(last[0], std::uint8_t(3));
    QVERIFY(reader.failed());
}

void ByteReaderTest::showsWhatRemainsWithoutReading()
{
    const Bytes bytes = {1, 2, 3};
    ByteReader reader(bytes);
    reader.skip(1);
    QCOMPARE(reader.remainingView().size(), std::size_t(2));
    QCOMPARE(reader.position(), std::size_t(1));
    QCOMPARE(reader.rest()[0], std::uint8_t(2));
    QVERIFY(!reader.failed());
}

TCPW_TEST(ByteReaderTest);

#include "tst_bytereader.moc"
