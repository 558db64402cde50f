// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fields.h"
#include "packet/summary.h"
#include "randompacket.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class DescribeTest : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatASegmentDoes_data();
    void saysWhatASegmentDoes();
    void saysWhatArpAsks_data();
    void saysWhatArpAsks();
    void saysWhatAnIcmpErrorIsAbout();
    void saysWhatOtherIcmpMessagesDo();
    void saysWhatWasNotDecoded();
    void isAlwaysOneLine();
};

namespace {

QString line(const Packet& packet)
{
    const Bytes wire = encode(packet);
    return text(describe(decode(wire, packet.linkType), wire.size()));
}

} // namespace

void DescribeTest::saysWhatASegmentDoes_data()
{
    QTest::addColumn<QString>("flags");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* flags, const char* options, const char* payload,
                         const char* words) {
        QTest::addRow("%s %s %s", flags, options, payload) << flags << options << payload << words;
    };
    row("SYN", "mss=1460", "", "asks for a connection, MSS 1460");
    row("SYN,ACK", "mss=1460,window-scale=7", "",
        "accepts the connection, MSS 1460, window scale 7");
    row("SYN", "fast-open=", "", "asks for a connection, asks for a fast open cookie");
    row("SYN", "fast-open=01020304", "text:x", "asks for a connection, fast open, with data");
    row("SYN,ECE,CWR", "", "", "asks for a connection, offers congestion notification");
    row("ACK", "", "", "acknowledges");
    row("ACK", "", "text:x", "sends data");
    row("PSH,ACK", "", "text:x", "sends data, to be handed up at once");
    row("FIN,ACK", "", "", "closes: no more data from here");
    row("FIN,ACK", "", "text:x", "sends its last data and closes");
    row("RST", "", "", "breaks off the connection");
    row("SYN,FIN", "", "", "contradicts itself: FIN,SYN");
    row("none", "", "", "neither opens, closes nor acknowledges");
    row("ACK", "sack=1-2", "", "acknowledges, has 1 block beyond a gap");
    row("ACK,URG", "", "text:x", "sends data, urgent data");
}

void DescribeTest::saysWhatASegmentDoes()
{
    QFETCH(QString, flags);
    QFETCH(QString, options);
    QFETCH(QString, payload);
    QFETCH(QString, words);
    Packet packet = syn();
    QVERIFY(setField(packet, "tcp.controlBits", flags.toStdString()));
    QVERIFY(setField(packet, "tcp.options", options.toStdString()));
    if (!payload.isEmpty())
        QVERIFY(setField(packet, "payload", payload.toStdString()));
    QCOMPARE(line(packet), words);
    if (flags == QLatin1String("ACK")) {
        QVERIFY(setField(packet, "tcp.window", "0"));
        QVERIFY(line(packet).contains(QStringLiteral(", window closed")));
        QVERIFY(setField(packet, "tcp.checksum", "1"));
        QVERIFY(line(packet).endsWith(QStringLiteral(", checksum wrong")));
        QVERIFY(setField(packet, "tcp.dataOffset", "2"));
        QVERIFY(line(packet).startsWith(QStringLiteral("header length cannot be right")));
    }
    if (flags == QLatin1String("RST")) {
        QVERIFY(setField(packet, "tcp.controlBits", "RST,ACK"));
        QVERIFY(setField(packet, "tcp.sequenceNumber", "0"));
        QCOMPARE(line(packet), QStringLiteral("refuses the connection"));
    }
}

void DescribeTest::saysWhatArpAsks_data()
{
    QTest::addColumn<int>("operation");
    QTest::addColumn<QString>("sender");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("words");
    QTest::newRow("request") << 1 << "192.168.56.101"
                             << "192.168.56.102"
                             << "ARP: who has 192.168.56.102? tell 192.168.56.101";
    QTest::newRow("reply") << 2 << "192.168.56.102"
                           << "192.168.56.101"
                           << "ARP: 192.168.56.102 is at 0a:00:00:00:00:02";
    QTest::newRow("announcement") << 1 << "10.0.0.1"
                                  << "10.0.0.1"
                                  << "ARP: 10.0.0.1 announces itself";
    QTest::newRow("probe") << 1 << "0.0.0.0"
                           << "10.0.0.1"
                           << "ARP: is 10.0.0.1 taken?";
    QTest::newRow("other") << 9 << "10.0.0.2"
                           << "10.0.0.1"
                           << "ARP operation 9";
}

void DescribeTest::saysWhatArpAsks()
{
    QFETCH(int, operation);
    QFETCH(QString, sender);
    QFETCH(QString, target);
    QFETCH(QString, words);
    ArpPacket arp;
    arp.operation = std::uint16_t(operation);
    arp.senderHardware = *parseMac("0a:00:00:00:00:02");
    arp.senderProtocol = *parseIpv4(sender.toStdString());
    arp.targetProtocol = *parseIpv4(target.toStdString());
    QCOMPARE(line(packet({ethernet(), arp})), words);
}

void DescribeTest::saysWhatAnIcmpErrorIsAbout()
{
    IcmpHeader icmp;
    icmp.type = 3;
    icmp.code = 3;
    const Bytes about = encode(packet({ipv4(), tcp()}, LinkType::raw));
    const QString expected = QStringLiteral(
        "ICMP port unreachable, about TCP 192.168.56.101:40001 to 192.168.56.102:8081");
    // The quote holds eight bytes behind the IP header at least, or the whole packet.
    for (const std::ptrdiff_t size : {28, 40})
        QCOMPARE(line(packet({ethernet(), ipv4(), icmp,
                     Payload{Bytes(about.begin(), about.begin() + size)}})),
            expected);
    QVERIFY(line(packet({ethernet(), ipv4(), icmp, Payload{{1, 2, 3}}}))
                .endsWith(QStringLiteral("about a packet that cannot be read")));

    icmp.version6 = true;
    icmp.type = 1;
    icmp.code = 4;
    const Bytes about6 = encode(packet({ipv6(), udp()}, LinkType::raw));
    QCOMPARE(line(packet({ethernet(), ipv6(), icmp, Payload{about6}})),
        QStringLiteral("ICMPv6 port unreachable, about UDP [fd00:56::101]:40001 to "
                       "[fd00:56::102]:53"));
}

void DescribeTest::saysWhatOtherIcmpMessagesDo()
{
    IcmpHeader icmp;
    icmp.rest = 0x00050007;
    QCOMPARE(line(packet({ethernet(), ipv4(), icmp})),
        QStringLiteral("ICMP echo request, identifier 5, sequence number 7"));
    icmp.type = 200;
    QCOMPARE(line(packet({ethernet(), ipv4(), icmp})), QStringLiteral("ICMP type 200, code 0"));
    icmp.version6 = true;
    icmp.type = 135;
    const auto target = parseIpv6("fd00:56::102")->octets;
    const Payload payload{Bytes(target.begin(), target.end())};
    QCOMPARE(line(packet({ethernet(), ipv6(), icmp, payload})),
        QStringLiteral("ICMPv6 neighbor solicitation: who has fd00:56::102?"));
    icmp.type = 136;
    QCOMPARE(line(packet({ethernet(), ipv6(), icmp, payload})),
        QStringLiteral("ICMPv6 neighbor advertisement: fd00:56::102 is here"));
}

void DescribeTest::saysWhatWasNotDecoded()
{
    const Bytes whole = encode(syn());
    const Packet cut = decode(ByteView(whole).first(40), LinkType::ethernet);
    QCOMPARE(text(describe(cut, whole.size())),
        QStringLiteral("TCP not decoded: only 6 of the 20 bytes its header needs were captured"));
    Packet lldp = packet({ethernet(), Payload{{1, 2}}});
    lldp.find<EthernetHeader>()->etherType = 0x88cc;
    QCOMPARE(line(lldp), QStringLiteral("LLDP, 2 bytes not decoded"));
    Packet fragment = data();
    fragment.find<Ipv4Header>()->fragmentOffset = 185;
    fragment.find<Ipv4Header>()->identification = 7;
    QCOMPARE(line(fragment), QStringLiteral("IPv4 fragment at byte 1480 of packet 7"));
    QCOMPARE(line(packet({ethernet(), ipv4(), udp()})), QStringLiteral("datagram, port of DNS"));
}

void DescribeTest::isAlwaysOneLine()
{
    RandomPacket random(1);
    for (const LinkType linkType : linkTypes)
        for (int i = 0; i < 500; ++i) {
            const Bytes made = random.bytes(random.number(100));
            const QString words = text(describe(decode(made, linkType), made.size()));
            QVERIFY(!words.isEmpty());
            QVERIFY(!words.contains(QLatin1Char('\n')));
        }
}

TCPW_TEST(DescribeTest);

#include "tst_describe.moc"
