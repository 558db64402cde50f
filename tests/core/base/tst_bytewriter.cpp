// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytewriter.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

class ByteWriterTest : public QObject
{
    Q_OBJECT
private slots:
    void writesBigEndianNumbers();
    void growsPastWhatWasExpected();
    void isOnlyAsLongAsWhatWasWritten();
    void overwritesEarlierBytes();
    void startsAgainAfterTake();
};

void ByteWriterTest::writesBigEndianNumbers()
{
    ByteWriter writer(7);
    writer.u8(0x01);
    writer.u16(0x0203);
    writer.u32(0x04050607);
    QVERIFY((writer.take() == Bytes{1, 2, 3, 4, 5, 6, 7}));
}

void ByteWriterTest::growsPastWhatWasExpected()
{
    ByteWriter writer(1);
    Bytes expected;
    for (int i = 0; i < 1000; ++i) {
        writer.u8(static_cast<std::uint8_t>(i));
        writer.zeros(2);
        writer.append(Bytes{9, 8});
        const Bytes part = {static_cast<std::uint8_t>(i), 0, 0, 9, 8};
        expected.insert(expected.end(), part.begin(), part.end());
    }
    QCOMPARE(writer.size(), expected.size());
    QVERIFY(writer.take() == expected);
}

void ByteWriterTest::isOnlyAsLongAsWhatWasWritten()
{
    ByteWriter writer(100);
    writer.append({});
    writer.u16(1);
    QCOMPARE(writer.view().size(), std::size_t(2));
    QCOMPARE(writer.take().size(), std::size_t(2));
}

void ByteWriterTest::overwritesEarlierBytes()
{
    ByteWriter writer;
    writer.u32(0);
    writer.putU16(1, 0xabcd);
    QVERIFY((writer.take() == Bytes{0, 0xab, 0xcd, 0}));
}

void ByteWriterTest::startsAgainAfterTake()
{
    ByteWriter writer(4);
    writer.u32(0xffffffff);
    writer.take();
    QCOMPARE(writer.size(), std::size_t(0));
    writer.zeros(2);
    QVERIFY((writer.take() == Bytes{0, 0}));
}

TCPW_TEST(ByteWriterTest);

#include "tst_bytewriter.moc"
