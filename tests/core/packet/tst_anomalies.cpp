// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/anomalies.h"
#include "packet/checksum.h"
#include "packet/fields.h"
#include "randompacket.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class AnomaliesTest : public QObject
{
    Q_OBJECT
private slots:
    void legalPacketsHaveNone_data();
    void legalPacketsHaveNone();
    void cutPacketsHaveNoneForBeingCut();
    void areNamedWhereTheyAre_data();
    void areNamedWhereTheyAre();
    void ofIpv6AreNamedWhereTheyAre_data();
    void ofIpv6AreNamedWhereTheyAre();
    void ofUdpAndIcmpAreNamed();
    void ofOtherLayersAreNamed();
    void anOffloadedChecksumIsNone();
    void standInTheOrderOfTheLayers();
};

namespace {

std::vector<Anomaly> found(const Packet& packet)
{
    const Bytes wire = encode(packet);
    return anomalies(decode(wire, packet.linkType), wire.size());
}

QString listed(const Packet& packet)
{
    QStringList lines;
    for (const Anomaly& anomaly : found(packet))
        lines << QString::fromLatin1(
                     layerType(decode(encode(packet), packet.linkType).layers[anomaly.layer]).name)
                + QLatin1Char('.') + text(anomaly.field) + QStringLiteral(": ")
                + text(anomaly.text);
    return lines.join(QLatin1Char('\n'));
}

void setUp(Packet& packet, const QString& settings)
{
    const QStringList parts = settings.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& setting : parts) {
        const QStringList sides
            = {setting.section(QLatin1Char('='), 0, 0), setting.section(QLatin1Char('='), 1)};
        const auto set = setField(packet, sides[0].toStdString(), sides[1].toStdString());
        if (!set)
            qFatal("%s", set.error().message.c_str());
    }
}

} // namespace

void AnomaliesTest::legalPacketsHaveNone_data()
{
    QTest::addColumn<int>("linkType");
    for (const LinkType linkType : linkTypes)
        if (linkType != LinkType(105))
            QTest::newRow(linkTypeName(linkType).c_str()) << int(linkType);
}

void AnomaliesTest::legalPacketsHaveNone()
{
    QFETCH(int, linkType);
    RandomPacket random(1);
    for (int i = 0; i < 500; ++i) {
        const Packet packet = random.next(LinkType(linkType));
        QCOMPARE(listed(packet), QString());
        QVERIFY(anomalies(packet, 0).empty()); // a draft, not sent yet
    }
}

void AnomaliesTest::cutPacketsHaveNoneForBeingCut()
{
    RandomPacket random(2);
    for (int i = 0; i < 50; ++i) {
        const Bytes whole = encode(random.next(LinkType::ethernet));
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const Packet cut = decode(ByteView(whole).first(size), LinkType::ethernet);
            const auto list = anomalies(cut, whole.size());
            QVERIFY2(list.empty(), list.empty() ? "" : list[0].text.c_str());
        }
    }
}

void AnomaliesTest::areNamedWhereTheyAre_data()
{
    QTest::addColumn<QString>("settings");
    QTest::addColumn<QString>("anomaly");
    const auto row = [](const char* settings, const char* anomaly) {
        QTest::newRow(settings) << settings << anomaly;
    };
    row("ethernet.source=01:00:00:00:00:01", "ethernet.source: source 01:00:00:00:00:01");
    row("ipv4.version=5", "ipv4.version: version 5: an IPv4 header has 4");
    row("ipv4.headerLength=4", "ipv4.headerLength: header length 4: less than the 5 words");
    row("ipv4.headerLength=15", "ipv4.headerLength: header length 15: 60 bytes, but only 45");
    row("ipv4.totalLength=0", "ipv4.totalLength: total length 0: left to the network card");
    row("ipv4.totalLength=19", "ipv4.totalLength: total length 19: less than the header's 20");
    row("ipv4.totalLength=46", "ipv4.totalLength: total length 46: only 45 bytes are there");
    row("ipv4.reservedFlag=1", "ipv4.reservedFlag: reserved flag set");
    row("ipv4.timeToLive=0", "ipv4.timeToLive: time to live 0");
    row("ipv4.headerChecksum=0x1234", "ipv4.headerChecksum: checksum 0x1234: wrong, 0x");
    row("ipv4.source=224.0.0.1", "ipv4.source: source 224.0.0.1");
    row("ipv4.moreFragments=1", "ipv4.fragmentOffset: fragment of 25 bytes: all but the last");
    row("ipv4.fragmentOffset=8191", "the fragment ends at byte 65553, but a packet has 65535");
    row("ipv4.fragmentOffset=1", "ipv4.fragmentOffset: fragment offset 1: it would overwrite");
    row("ipv4.moreFragments=1 ipv4.totalLength=36",
        "ipv4.moreFragments: first fragment of 16 bytes: too small");
    row("ipv4.options=kind-7/20=04", "ipv4.options: record route with length 20");
    row("ipv4.options=end,tail=010101", "ipv4.options: 3 bytes behind the end");
    row("tcp.sourcePort=0", "tcp.sourcePort: source port 0");
    row("tcp.destinationPort=0", "tcp.destinationPort: destination port 0");
    row("tcp.dataOffset=4", "tcp.dataOffset: data offset 4: less than the 5 words a header needs");
    row("tcp.dataOffset=7", "tcp.dataOffset: data offset 7: 28 bytes, but only 25 bytes are there");
    row("tcp.dataOffset=7", "rest.: TCP options and data: the data offset says 28 bytes");
    row("tcp.checksum=0x1234", "tcp.checksum: checksum 0x1234: wrong, 0x");
    row("tcp.urgentPointer=5", "tcp.urgentPointer: urgent pointer 5: not used");
    row("tcp.controlBits=none", "tcp.controlBits: control bits none");
    row("tcp.controlBits=FIN", "tcp.controlBits: control bits FIN: ACK is missing");
    row("tcp.controlBits=FIN,PSH,URG", "tcp.controlBits: control bits FIN,PSH,URG: a Christmas");
    row("tcp.controlBits=SYN,FIN", "tcp.controlBits: control bits SYN,FIN");
    row("tcp.controlBits=SYN,RST", "tcp.controlBits: control bits SYN,RST");
    row("tcp.controlBits=FIN,RST", "tcp.controlBits: control bits FIN,RST");
    row("tcp.controlBits=ACK,R1", "tcp.controlBits: reserved control bits set");
    row("tcp.options=mss/3=05", "tcp.options: maximum segment size with length 3");
    row("tcp.options=window-scale/4=0102", "tcp.options: window scale with length 4");
    row("tcp.options=timestamps/9=01020304050607", "tcp.options: timestamps with length 9");
    row("tcp.options=sack/9=01020304050607", "tcp.options: selective acknowledgment with length 9");
    row("tcp.options=sack-permitted/3=01", "permitted with length 3");
    row("tcp.options=md5/17=000102030405060708090a0b0c0d0e", "MD5 signature with length 17");
    row("tcp.options=ao/3=01", "tcp.options: authentication (TCP-AO) with length 3");
    row("tcp.options=fast-open/5=010203", "tcp.options: fast open cookie with length 5");
    row("tcp.options=kind-255/1=", "option of kind 255 with length 1: it cannot be less than 2");
    row("tcp.options=kind-255/0=", "option of kind 255 with length 0: it cannot be less than 2");
    row("tcp.options=kind-255/30=0102", "kind 255 with length 30, but 4 bytes are there");
    row("tcp.options=end,tail=010101", "tcp.options: 3 bytes behind the end of the option list");
    row("tcp.options=nop,nop,nop,tail=08", "tcp.options: the last option has no length byte");
    row("tcp.options=mss=1460", "maximum segment size 1460 bytes: counts only in a SYN");
    row("tcp.controlBits=SYN tcp.options=mss=0", "tcp.options: maximum segment size 0");
    row("tcp.controlBits=SYN tcp.options=window-scale=15", "tcp.options: window scale 15");
    row("tcp.controlBits=SYN tcp.options=sack=1-2", "1 to 2: never in a SYN");
}

void AnomaliesTest::areNamedWhereTheyAre()
{
    QFETCH(QString, settings);
    QFETCH(QString, anomaly);
    Packet packet = data("hello");
    setUp(packet, settings);
    const QString list = listed(packet);
    QVERIFY2(list.contains(anomaly), qPrintable(list));
}

void AnomaliesTest::ofIpv6AreNamedWhereTheyAre_data()
{
    QTest::addColumn<QString>("settings");
    QTest::addColumn<QString>("anomaly");
    const auto row = [](const char* settings, const char* anomaly) {
        QTest::newRow(settings) << settings << anomaly;
    };
    row("ipv6.version=4", "ipv6.version: version 4: an IPv6 header has 6");
    row("ipv6.payloadLength=0", "ipv6.payloadLength: payload length 0: 41 bytes are there");
    row("ipv6.payloadLength=99", "ipv6.payloadLength: payload length 99: only 41 bytes are there");
    row("ipv6.hopLimit=0", "ipv6.hopLimit: hop limit 0");
    row("ipv6.source=ff02::1", "ipv6.source: source ff02::1");
    row("ipv6.nextHeader=59", "ipv6.nextHeader: next header 59: it says that nothing follows");
    row("extension.length=30", "extension.length: length of 248 bytes: only 41 bytes are there");
    row("extension.body=hex:01ff00000000", "extension.body: option 1: its length 255 leads past");
    row("fragment.reserved=1", "fragment.reserved: reserved bits set");
    row("fragment.reservedBits=1", "fragment.reservedBits: reserved bits set");
    row("fragment.moreFragments=1", "fragment.fragmentOffset: fragment of 25 bytes");
    row("fragment.fragmentOffset=8191", "the fragment ends at byte 65553, but a packet has 65535");
}

void AnomaliesTest::ofIpv6AreNamedWhereTheyAre()
{
    QFETCH(QString, settings);
    QFETCH(QString, anomaly);
    Packet packet = samples::packet({ethernet(), ipv6(), Ipv6Extension{60, {}, {}, Bytes(6, 0)},
        Ipv6Fragment(), tcp(ControlBits::ack), Payload{Bytes(5)}});
    QCOMPARE(listed(packet), QString());
    setUp(packet, settings);
    const QString list = listed(packet);
    QVERIFY2(list.contains(anomaly), qPrintable(list));
}

void AnomaliesTest::ofUdpAndIcmpAreNamed()
{
    Packet packet = samples::packet({ethernet(), ipv6(), udp(), Payload{{1, 2, 3}}});
    setUp(packet, QStringLiteral("udp.length=7"));
    QVERIFY(listed(packet).contains(QStringLiteral("udp.length: length 7: less than")));
    setUp(packet, QStringLiteral("udp.length=10"));
    QVERIFY(listed(packet).contains(QStringLiteral("udp.length: length 10: 11 bytes are there")));
    setUp(packet, QStringLiteral("udp.length=12"));
    QVERIFY(listed(packet).contains(QStringLiteral("length 12: only 11 bytes are there")));
    setUp(packet, QStringLiteral("udp.length=auto udp.checksum=0"));
    QVERIFY(listed(packet).contains(QStringLiteral("udp.checksum: checksum 0: IPv6 does not")));
    setUp(packet, QStringLiteral("udp.checksum=1"));
    QVERIFY(listed(packet).contains(QStringLiteral("udp.checksum: checksum 0x0001: wrong")));

    Packet echo = samples::packet({ethernet(), ipv4(), IcmpHeader()});
    setUp(echo, QStringLiteral("icmp.checksum=1"));
    QVERIFY(listed(echo).contains(QStringLiteral("icmp.checksum: checksum 0x0001: wrong")));
}

void AnomaliesTest::ofOtherLayersAreNamed()
{
    Packet tagged = packet({ethernet(), VlanTag{0, false, 4095, {}}, ipv4(), tcp()});
    QVERIFY(listed(tagged).contains(QStringLiteral("vlan.identifier: VLAN identifier 4095")));

    Packet frame = packet({ethernet(), Payload{{1, 2, 3}}});
    setUp(frame, QStringLiteral("ethernet.etherType=9"));
    QVERIFY(listed(frame).contains(QStringLiteral("length 9: only 3 bytes are there")));
    setUp(frame, QStringLiteral("ethernet.etherType=1501"));
    QVERIFY(listed(frame).contains(QStringLiteral("EtherType 1501: neither a length")));

    Packet draft = data();
    setUp(draft, QStringLiteral("ethernet.etherType=0x86dd ipv4.protocol=17"));
    const auto list = anomalies(draft, 0);
    QCOMPARE(list.size(), std::size_t(2));
    QCOMPARE(text(list[0].text), QStringLiteral("type 0x86dd: 0x0800 follows"));
    QCOMPARE(text(list[1].text), QStringLiteral("protocol 17: 6 follows"));

    const Packet late = packet({ethernet(), ipv6(), Ipv6Extension{60, {}, {}, Bytes(6, 0)},
        Ipv6Extension{0, {}, {}, Bytes(6, 0)}, tcp()});
    QVERIFY(listed(late).contains(QStringLiteral("hop-by-hop options: they stand right behind")));
    const Packet routed
        = packet({ethernet(), ipv6(), Ipv6Extension{43, {}, {}, Bytes(6, 0)}, tcp()});
    QVERIFY(listed(routed).contains(QStringLiteral("routing type 0: deprecated")));
    const Packet shortFrame = packet({Rest{"", "", Bytes(13)}});
    QVERIFY(listed(shortFrame).contains(QStringLiteral("Ethernet: only 13 of the 14 bytes")));
    ArpPacket arp;
    arp.protocolType = 0x86dd;
    QVERIFY(listed(packet({ethernet(), arp})).contains(QStringLiteral("arp.protocolType")));
    LinuxCooked2Header cooked;
    cooked.reserved = 1;
    QVERIFY(listed(packet({cooked, ipv4(), tcp()}, LinkType::linuxCooked2))
                .contains(QStringLiteral("cooked2.reserved: reserved 0x0001")));
}

void AnomaliesTest::anOffloadedChecksumIsNone()
{
    Packet packet = data();
    const Bytes wire = encode(packet);
    const Bytes pseudo = bytes("c0a83865 c0a83866 0006 0019");
    packet.find<TcpHeader>()->checksum = onesComplementSum(pseudo);
    QCOMPARE(checksumState(again(packet), 2, wire.size()), ChecksumState::offload);
    QCOMPARE(listed(packet), QString());
}

void AnomaliesTest::standInTheOrderOfTheLayers()
{
    RandomPacket random(3);
    for (int i = 0; i < 3000; ++i) {
        Bytes wire = encode(random.next(LinkType::ethernet));
        for (int change = 0; change < 5; ++change)
            wire[random.number(std::uint32_t(wire.size()))] = std::uint8_t(random.number(256));
        const Packet packet = decode(wire, LinkType::ethernet);
        std::size_t last = 0;
        for (const Anomaly& anomaly : anomalies(packet, wire.size())) {
            QVERIFY(anomaly.layer >= last && anomaly.layer < packet.layers.size());
            last = anomaly.layer;
            const LayerType& type = layerType(packet.layers[last]);
            QVERIFY2(
                anomaly.field.empty() || findField(type, anomaly.field), anomaly.field.c_str());
            QVERIFY(!anomaly.text.empty());
        }
    }
}

TCPW_TEST(AnomaliesTest);

#include "tst_anomalies.moc"
