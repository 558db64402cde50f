// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/controlbits.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using samples::text;

class ControlBitsTest : public QObject
{
    Q_OBJECT
private slots:
    void everyValueIsReadBack();
    void namesStandInTheOrderOfTheBits();
    void anyOrderAndCaseIsRead();
    void numbersAreRead();
    void otherTextIsRefused_data();
    void otherTextIsRefused();
};

void ControlBitsTest::everyValueIsReadBack()
{
    for (std::uint16_t value = 0; value < 0x1000; ++value)
        QVERIFY(parseControlBits(toText(ControlBits{value})) == ControlBits{value});
}

void ControlBitsTest::namesStandInTheOrderOfTheBits()
{
    QCOMPARE(text(toText(ControlBits{0xfff})),
        QStringLiteral("FIN,SYN,RST,PSH,ACK,URG,ECE,CWR,AE,R1,R2,R3"));
    QCOMPARE(
        text(toText(ControlBits{ControlBits::syn | ControlBits::ack})), QStringLiteral("SYN,ACK"));
    QCOMPARE(text(toText(ControlBits{})), QString());
}

void ControlBitsTest::anyOrderAndCaseIsRead()
{
    QCOMPARE(parseControlBits("ack, Syn")->value, std::uint16_t(0x012));
    QCOMPARE(parseControlBits("none")->value, std::uint16_t(0));
    QCOMPARE(parseControlBits("")->value, std::uint16_t(0));
    QCOMPARE(parseControlBits("R3")->value, std::uint16_t(0x800));
}

void ControlBitsTest::numbersAreRead()
{
    QCOMPARE(parseControlBits("0x12")->value, std::uint16_t(0x012));
    QCOMPARE(parseControlBits("18")->value, std::uint16_t(18));
    QCOMPARE(parseControlBits("0xfff")->value, std::uint16_t(0xfff));
}

void ControlBitsTest::otherTextIsRefused_data()
{
    QTest::addColumn<QString>("given");
    QTest::newRow("unknown") << "SYN,FOO";
    QTest::newRow("empty word") << "SYN,,ACK";
    QTest::newRow("comma at the end") << "SYN,";
    QTest::newRow("too wide") << "0x1000";
    QTest::newRow("far too wide") << "99999999999999999999";
    QTest::newRow("negative") << "-1";
    QTest::newRow("no digits") << "0x";
}

void ControlBitsTest::otherTextIsRefused()
{
    QFETCH(QString, given);
    const auto bits = parseControlBits(given.toStdString());
    QVERIFY(!bits);
    QVERIFY(text(bits.error().message).endsWith(QLatin1Char('.')));
}

TCPW_TEST(ControlBitsTest);

#include "tst_controlbits.moc"
