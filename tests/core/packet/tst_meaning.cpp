// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fields.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class MeaningTest : public QObject
{
    Q_OBJECT
private slots:
    void isThatOfTheValue_data();
    void isThatOfTheValue();
    void ofAnAutomaticValueIsEmpty();
    void dependsOnTheIcmpVersion();
};

void MeaningTest::isThatOfTheValue_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("words");
    const auto row
        = [](const char* layer, const char* field, const char* value, const char* words) {
              QTest::addRow("%s.%s=%s", layer, field, value) << layer << field << value << words;
          };
    row("ethernet", "etherType", "0x0800", "IPv4");
    row("ethernet", "etherType", "0x0005", "a length of 5 bytes (802.3)");
    row("ethernet", "etherType", "0x7777", "");
    row("ethernet", "destination", "ff:ff:ff:ff:ff:ff", "everybody on this link (broadcast)");
    row("ethernet", "destination", "33:33:00:00:00:01", "multicast");
    row("vlan", "priority", "5", "voice");
    row("vlan", "identifier", "4095", "reserved");
    row("cooked", "packetType", "4", "sent by this machine");
    row("cooked2", "hardwareType", "772", "loopback");
    row("loopback", "family", "30", "IPv6 (macOS)");
    row("arp", "operation", "2", "reply");
    row("ipv4", "headerLength", "6", "6 x 4 = 24 bytes");
    row("ipv4", "fragmentOffset", "185", "185 x 8 = 1480 bytes");
    row("ipv4", "dscp", "46", "expedited forwarding (EF)");
    row("ipv4", "ecn", "3", "CE: congestion experienced");
    row("ipv4", "protocol", "6", "TCP");
    row("ipv4", "source", "10.0.0.1", "private");
    row("ipv4", "source", "192.0.2.1", "documentation");
    row("ipv4", "source", "8.8.8.8", "");
    row("ipv4", "destination", "255.255.255.255", "everybody on this link (broadcast)");
    row("ipv4", "options", "kind-148=0000", "router alert, 2 bytes of data");
    row("ipv6", "nextHeader", "59", "no next header");
    row("ipv6", "source", "::1", "this machine (loopback)");
    row("ipv6", "source", "fe80::1", "link-local");
    row("ipv6", "source", "2001:db8::1", "documentation");
    row("ipv6", "source", "fd00::1", "private (unique local)");
    row("extension", "length", "2", "3 x 8 = 24 bytes");
    row("fragment", "fragmentOffset", "1", "1 x 8 = 8 bytes");
    row("tcp", "destinationPort", "443", "HTTPS");
    row("tcp", "destinationPort", "40001", "");
    row("tcp", "dataOffset", "5", "5 x 4 = 20 bytes");
    row("tcp", "controlBits", "SYN,ACK", "accepts the connection");
    row("tcp", "controlBits", "SYN,RST", "a contradiction");
    row("tcp", "window", "0", "closed: the other side must wait");
    row("tcp", "acknowledgmentNumber", "5", "not used: ACK is not set");
    row("tcp", "options", "mss=1460,nop", "maximum segment size 1460 bytes; no operation");
    row("udp", "sourcePort", "53", "DNS");
    row("icmp", "type", "8", "echo request");
    row("payload", "bytes", "text:hello", "5 bytes");
}

void MeaningTest::isThatOfTheValue()
{
    QFETCH(QString, layer);
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, words);
    Packet packet = samples::packet({findLayerType(layer.toStdString())->make()});
    const std::string path = layer.toStdString() + '.' + field.toStdString();
    const auto set = setField(packet, path, value.toStdString());
    QVERIFY2(set, set ? "" : set.error().message.c_str());
    const auto found = findPath(packet, path);
    QCOMPARE(text(meaning(packet.layers[0], *found->field)), words);
}

void MeaningTest::ofAnAutomaticValueIsEmpty()
{
    const Packet packet = syn();
    for (const Layer& layer : packet.layers)
        for (const Field& field : layerType(layer).fields)
            if (field.computed)
                QCOMPARE(text(meaning(layer, field)), QString());
}

void MeaningTest::dependsOnTheIcmpVersion()
{
    Packet packet = samples::packet({IcmpHeader()});
    const auto words = [&](const char* path) {
        return text(meaning(packet.layers[0], *findPath(packet, path)->field));
    };
    QVERIFY(setField(packet, "icmp.type", "3"));
    QVERIFY(setField(packet, "icmp.code", "4"));
    QVERIFY(setField(packet, "icmp.rest", "1400"));
    QCOMPARE(words("icmp.type"), QStringLiteral("destination unreachable"));
    QCOMPARE(words("icmp.code"), QStringLiteral("fragmentation needed"));
    QCOMPARE(words("icmp.rest"), QStringLiteral("next link takes 1400 bytes"));
    QVERIFY(setField(packet, "icmp.version6", "1"));
    QCOMPARE(words("icmp.type"), QStringLiteral("time exceeded"));
    QVERIFY(setField(packet, "icmp.type", "2"));
    QCOMPARE(words("icmp.rest"), QStringLiteral("next link takes 1400 bytes"));
}

TCPW_TEST(MeaningTest);

#include "tst_meaning.moc"
