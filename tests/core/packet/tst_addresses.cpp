// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/addresses.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using samples::text;

class AddressesTest : public QObject
{
    Q_OBJECT
private slots:
    void macAddressesAreReadBack();
    void ipv4AddressesAreReadBack();
    void ipv6AddressesAreWrittenAsRfc5952Says_data();
    void ipv6AddressesAreWrittenAsRfc5952Says();
    void whatIsNoAddressIsRefused_data();
    void whatIsNoAddressIsRefused();
    void eitherKindOfIpAddressIsRead();
    void groupsAreKnown();
};

void AddressesTest::macAddressesAreReadBack()
{
    const auto mac = parseMac("0A-00-27-fF:00:01");
    QVERIFY(mac);
    QCOMPARE(text(toText(*mac)), QStringLiteral("0a:00:27:ff:00:01"));
}

void AddressesTest::ipv4AddressesAreReadBack()
{
    for (const char* address : {"0.0.0.0", "192.168.56.101", "255.255.255.255", "1.20.0.9"}) {
        const auto read = parseIpv4(address);
        QVERIFY2(read, address);
        QCOMPARE(text(toText(*read)), QString::fromLatin1(address));
    }
    QCOMPARE(parseIpv4("1.2.3.4")->value, 0x01020304u);
}

void AddressesTest::ipv6AddressesAreWrittenAsRfc5952Says_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("written");
    QTest::newRow("all zero") << "0:0:0:0:0:0:0:0"
                              << "::";
    QTest::newRow("loopback") << "::1"
                              << "::1";
    QTest::newRow("plain") << "fd00:56::101"
                           << "fd00:56::101";
    QTest::newRow("leading zeros") << "2001:0db8::0001"
                                   << "2001:db8::1";
    QTest::newRow("capitals") << "2001:DB8::A"
                              << "2001:db8::a";
    QTest::newRow("one zero group stays") << "2001:db8:0:1:1:1:1:1"
                                          << "2001:db8:0:1:1:1:1:1";
    QTest::newRow("longest run") << "2001:0:0:1:0:0:0:1"
                                 << "2001:0:0:1::1";
    QTest::newRow("first of equal runs") << "2001:db8:0:0:1:0:0:1"
                                         << "2001:db8::1:0:0:1";
    QTest::newRow("at the end") << "fe80:0:0:0:0:0:0:0"
                                << "fe80::";
    QTest::newRow("no zeros") << "1:2:3:4:5:6:7:8"
                              << "1:2:3:4:5:6:7:8";
    QTest::newRow("mapped") << "::ffff:192.0.2.1"
                            << "::ffff:192.0.2.1";
}

void AddressesTest::ipv6AddressesAreWrittenAsRfc5952Says()
{
    QFETCH(QString, given);
    QFETCH(QString, written);
    const auto address = parseIpv6(given.toStdString());
    QVERIFY(address);
    QCOMPARE(text(toText(*address)), written);
    QVERIFY(parseIpv6(written.toStdString()) == *address);
}

void AddressesTest::whatIsNoAddressIsRefused_data()
{
    QTest::addColumn<QString>("given");
    for (const char* given : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ",
             "1.2.3.-4", "+1.2.3.4", "1..3.4", "localhost", "fd00::1%eth0", "1:2:3:4:5:6:7",
             "::1::", "12345::", "0a:00:00:00:00", "0a:00:00:00:00:0g", "0a000000:00:01",
             "0a:00:00:00:00:01:02", "0a.00.00.00.00.01"})
        QTest::newRow(given) << QString::fromLatin1(given);
}

void AddressesTest::whatIsNoAddressIsRefused()
{
    QFETCH(QString, given);
    const std::string from = given.toStdString();
    QVERIFY(!parseIp(from));
    QVERIFY(!parseMac(from));
    QVERIFY(parseIpv4(from).error().message.find("IPv4 address") != std::string::npos);
    QVERIFY(parseIpv6(from).error().message.find("IPv6 address") != std::string::npos);
    QVERIFY(parseMac(from).error().message.find("MAC address") != std::string::npos);
}

void AddressesTest::eitherKindOfIpAddressIsRead()
{
    QVERIFY(std::holds_alternative<Ipv4Address>(*parseIp("10.0.0.1")));
    QVERIFY(std::holds_alternative<Ipv6Address>(*parseIp("::1")));
    QCOMPARE(text(toText(*parseIp("10.0.0.1"))), QStringLiteral("10.0.0.1"));
    QVERIFY(!parseIpv6(std::string_view("::1\0", 4)));
}

void AddressesTest::groupsAreKnown()
{
    QVERIFY(isMulticast(*parseMac("ff:ff:ff:ff:ff:ff")));
    QVERIFY(isMulticast(*parseMac("33:33:00:00:00:01")));
    QVERIFY(!isMulticast(*parseMac("0a:00:00:00:00:01")));
    QVERIFY(isMulticast(*parseIp("224.0.0.1")));
    QVERIFY(isMulticast(*parseIp("239.255.255.255")));
    QVERIFY(!isMulticast(*parseIp("223.255.255.255")));
    QVERIFY(!isMulticast(*parseIp("240.0.0.1")));
    QVERIFY(isMulticast(*parseIp("ff02::1")));
    QVERIFY(!isMulticast(*parseIp("fe80::1")));
}

TCPW_TEST(AddressesTest);

#include "tst_addresses.moc"
