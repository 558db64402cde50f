// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytes.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

class BytesTest : public QObject
{
    Q_OBJECT
private slots:
    void hexadecimalIsReadBack();
    void whiteSpaceStandsBetweenPairs();
    void unreadableHexadecimalIsNamedByItsPlace_data();
    void unreadableHexadecimalIsNamedByItsPlace();
};

void BytesTest::hexadecimalIsReadBack()
{
    Bytes all;
    for (int i = 0; i < 256; ++i)
        all.push_back(static_cast<std::uint8_t>(i));
    QVERIFY(fromHex(toHex(all)) == all);
    QCOMPARE(toHex(Bytes{0x00, 0xAb, 0xff}), std::string("00abff"));
    QCOMPARE(toHex({}), std::string());
}

void BytesTest::whiteSpaceStandsBetweenPairs()
{
    QVERIFY((fromHex(" 00 aB\n\tfF ") == Bytes{0x00, 0xab, 0xff}));
    QVERIFY(fromHex("") == Bytes{});
}

void BytesTest::unreadableHexadecimalIsNamedByItsPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("place");
    QTest::newRow("no digit") << "00zz"
                              << "haracter 3";
    QTest::newRow("prefix") << "0x00"
                            << "haracter 1";
    QTest::newRow("odd") << "001"
                         << "haracter 3";
    QTest::newRow("space within a pair") << "0 0"
                                         << "haracter 1";
}

void BytesTest::unreadableHexadecimalIsNamedByItsPlace()
{
    QFETCH(QString, text);
    QFETCH(QString, place);
    const auto bytes = fromHex(text.toStdString());
    QVERIFY(!bytes);
    const QString message = QString::fromStdString(bytes.error().message);
    QVERIFY2(message.contains(place), qPrintable(message));
}

TCPW_TEST(BytesTest);

#include "tst_bytes.moc"
