// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/summary.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class SummaryTest : public QObject
{
    Q_OBJECT
private slots:
    void holdsWhatARowShows();
    void namesTheProtocol_data();
    void namesTheProtocol();
    void countsDataByTheIpLength();
    void countsDataOfASnappedPacket();
    void countsDataWhereIpLeavesTheLengthOpen();
    void saysWhenTheHeaderIsNotWhole_data();
    void saysWhenTheHeaderIsNotWhole();
    void saysThatASegmentIsInAFragment();
    void keepsOptionBytesAsCaptured();
    void takesPortsOfUdp();
    void takesAddressesOfArp();
    void takesPortsOfAHeaderThatIsCutOff();
    void takesTheSenderOfACookedHeader();
    void showsOnlyTheOuterPacketOfATunnel();
    void quotesThePacketOfAnIcmpError();
};

namespace {

Summary summaryOf(const Packet& packet)
{
    const Bytes wire = encode(packet);
    return summarize(decode(wire, packet.linkType), wire.size());
}

} // namespace

void SummaryTest::holdsWhatARowShows()
{
    Packet packet = data("hello");
    packet.find<TcpHeader>()->acknowledgmentNumber = 99;
    packet.find<TcpHeader>()->window = 512;
    const Summary summary = summaryOf(packet);
    QCOMPARE(text(toText(*summary.source)), QStringLiteral("192.168.56.101"));
    QCOMPARE(text(toText(*summary.destination)), QStringLiteral("192.168.56.102"));
    QCOMPARE(text(toText(summary.sourceMac)), QStringLiteral("0a:00:00:00:00:01"));
    QCOMPARE(text(toText(summary.destinationMac)), QStringLiteral("0a:00:00:00:00:02"));
    QVERIFY(summary.isTcp && summary.hasPorts && summary.headerWhole && !summary.isFragment);
    QCOMPARE(summary.sourcePort, std::uint16_t(40001));
    QCOMPARE(summary.destinationPort, std::uint16_t(8081));
    QVERIFY(summary.controlBits.has(ControlBits::ack | ControlBits::psh));
    QCOMPARE(summary.sequenceNumber, 0x3a7f21c0u);
    QCOMPARE(summary.acknowledgmentNumber, 99u);
    QCOMPARE(summary.window, std::uint16_t(512));
    QCOMPARE(summary.payloadLength, 5u);
    QCOMPARE(summary.checksum, ChecksumState::good);
    QCOMPARE(summary.originalLength, 59u);
}

void SummaryTest::namesTheProtocol_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<int>("linkType");
    QTest::addColumn<QString>("protocol");
    const auto row = [](const char* name, const Packet& packet, const char* protocol) {
        QTest::newRow(name) << QByteArray::fromStdString(toHex(encode(packet)))
                            << int(packet.linkType) << protocol;
    };
    const auto carrying = [](std::uint8_t protocol) {
        Packet made = packet({ethernet(), ipv4(), Payload{{1, 2, 3, 4}}});
        made.find<Ipv4Header>()->protocol = protocol;
        return made;
    };
    IcmpHeader icmp6;
    icmp6.version6 = true;
    row("TCP", syn(), "TCP");
    row("UDP", packet({ethernet(), ipv4(), udp()}), "UDP");
    row("ICMP", packet({ethernet(), ipv4(), IcmpHeader()}), "ICMP");
    row("ICMPv6", packet({ethernet(), ipv6(), icmp6}), "ICMPv6");
    row("ARP", packet({ethernet(), ArpPacket()}), "ARP");
    row("ESP", carrying(50), "ESP");
    row("unknown", carrying(200), "IPv4");
    row("tunnel", carrying(41), "IPv6 in IPv4");
    row("TCP cut", carrying(6), "TCP");
    row("no next header", packet({ethernet(), ipv6()}), "IPv6");
    Packet lldp = packet({ethernet(), Payload{{1}}});
    lldp.find<EthernetHeader>()->etherType = 0x88cc;
    row("EtherType", lldp, "0x88cc");
    lldp.find<EthernetHeader>()->etherType = 1;
    row("802.3", lldp, "802.3");
    Packet fragment = carrying(6);
    fragment.find<Ipv4Header>()->fragmentOffset = 9;
    row("later fragment", fragment, "IPv4");
    row("link type", packet({Rest{"", "", {1, 2}}}, LinkType(105)), "IEEE 802.11 wireless LAN");
}

void SummaryTest::namesTheProtocol()
{
    QFETCH(QByteArray, hex);
    QFETCH(int, linkType);
    QFETCH(QString, protocol);
    const Packet packet = decode(bytes(hex.constData()), LinkType(linkType));
    QCOMPARE(text(summarize(packet, std::size_t(hex.size() / 2)).protocol), protocol);
}

void SummaryTest::countsDataByTheIpLength()
{
    Packet packet = data("hello");
    packet.layers.emplace_back(Trailer{Bytes(20)});
    QCOMPARE(summaryOf(packet).payloadLength, 5u);
    Packet six = samples::packet({ethernet(), ipv6(), Ipv6Extension{60, {}, {}, Bytes(6)},
        tcpWith({tcpOption::windowScale(1)}), Payload{Bytes(7)}, Trailer{Bytes(3)}});
    QCOMPARE(summaryOf(six).payloadLength, 7u);
}

void SummaryTest::countsDataOfASnappedPacket()
{
    const Packet packet
        = samples::packet({ethernet(), ipv4(), tcp(ControlBits::ack), Payload{Bytes(1000)}});
    const Bytes wire = encode(packet);
    const Packet snapped = decode(ByteView(wire).first(96), LinkType::ethernet);
    const Summary summary = summarize(snapped, wire.size());
    QCOMPARE(summary.payloadLength, 1000u);
    QCOMPARE(summary.checksum, ChecksumState::unverified);
    // An IP length that reaches past the frame itself is not believed.
    QCOMPARE(summarize(snapped, 96).payloadLength, 42u);
}

void SummaryTest::countsDataWhereIpLeavesTheLengthOpen()
{
    Packet packet
        = samples::packet({ethernet(), ipv4(), tcp(ControlBits::ack), Payload{Bytes(3000)}});
    packet.find<Ipv4Header>()->totalLength = 0;
    QCOMPARE(summaryOf(packet).payloadLength, 3000u);
    const Bytes wire = encode(packet);
    const Packet snapped = decode(ByteView(wire).first(96), LinkType::ethernet);
    QCOMPARE(summarize(snapped, wire.size()).payloadLength, 3000u);
}

void SummaryTest::saysWhenTheHeaderIsNotWhole_data()
{
    QTest::addColumn<int>("words");
    QTest::addColumn<bool>("whole");
    for (const int words : {0, 4, 5, 6, 7, 15})
        QTest::addRow("%d words", words) << words << (words == 5 || words == 6);
}

void SummaryTest::saysWhenTheHeaderIsNotWhole()
{
    QFETCH(int, words);
    QFETCH(bool, whole);
    Packet packet = data("hello");
    packet.find<TcpHeader>()->dataOffset = std::uint8_t(words);
    const Summary summary = summaryOf(packet);
    QVERIFY(summary.isTcp);
    QCOMPARE(summary.headerWhole, whole);
    QCOMPARE(summary.payloadLength, whole ? 5u - 4u * unsigned(words - 5) : 0u);
    QCOMPARE(summary.sourcePort, std::uint16_t(40001));
}

void SummaryTest::saysThatASegmentIsInAFragment()
{
    Packet packet = data("12345678");
    packet.find<Ipv4Header>()->moreFragments = true;
    const Summary summary = summaryOf(packet);
    QVERIFY(summary.isTcp && summary.isFragment && summary.headerWhole);
    QCOMPARE(summary.payloadLength, 8u);
    QCOMPARE(summary.checksum, ChecksumState::unverified);
}

void SummaryTest::keepsOptionBytesAsCaptured()
{
    Packet packet = syn();
    packet.find<TcpHeader>()->options = *parseTcpOptions("mss=1460,window-scale=7");
    QVERIFY(summaryOf(packet).optionBytes == bytes("020405b403030700"));
    QCOMPARE(summaryOf(packet).options.list.size(), std::size_t(2));
    packet.find<TcpHeader>()->options = *parseTcpOptions("mss/1=,tail=ffff");
    QVERIFY(summaryOf(packet).optionBytes == bytes("0201ffff"));
}

void SummaryTest::takesPortsOfUdp()
{
    const Summary summary = summaryOf(packet({ethernet(), ipv4(), udp(), Payload{{1, 2, 3}}}));
    QVERIFY(summary.hasPorts && !summary.isTcp);
    QCOMPARE(summary.destinationPort, std::uint16_t(53));
    QCOMPARE(summary.payloadLength, 3u);
    QCOMPARE(summary.checksum, ChecksumState::good);
}

void SummaryTest::takesAddressesOfArp()
{
    ArpPacket arp;
    arp.senderProtocol = *parseIpv4("10.0.0.1");
    arp.targetProtocol = *parseIpv4("10.0.0.2");
    const Summary summary = summaryOf(packet({ethernet(), arp}));
    QCOMPARE(text(toText(*summary.source)), QStringLiteral("10.0.0.1"));
    QCOMPARE(text(toText(*summary.destination)), QStringLiteral("10.0.0.2"));
    QVERIFY(!summary.hasPorts);
    QCOMPARE(summary.checksum, ChecksumState::none);
}

void SummaryTest::takesPortsOfAHeaderThatIsCutOff()
{
    TcpHeader header = tcp();
    header.sourcePort = 40000;
    header.destinationPort = 8081;
    const Bytes whole = encode(packet({ethernet(), ipv4(), header}));
    const auto cut = [&](std::size_t behindIp) {
        const Bytes bytes(whole.begin(), whole.begin() + std::ptrdiff_t(34 + behindIp));
        return summarize(decode(bytes, LinkType::ethernet), whole.size());
    };
    const Summary six = cut(6);
    QVERIFY(six.hasPorts && !six.isTcp);
    QCOMPARE(six.sourcePort, std::uint16_t(40000));
    QCOMPARE(six.destinationPort, std::uint16_t(8081));
    QVERIFY(!cut(3).hasPorts);
    Bytes unclear = whole;
    unclear[14] = 0x44; // a header of 16 bytes: where TCP begins is unknown
    QVERIFY(!summarize(decode(unclear, LinkType::ethernet), whole.size()).hasPorts);
}

void SummaryTest::takesTheSenderOfACookedHeader()
{
    const LinuxCookedHeader cooked{0, 1, 6, {1, 2, 3, 4, 5, 6, 0, 0}, std::nullopt};
    const Summary summary = summaryOf(packet({cooked, ipv4(), tcp()}, LinkType::linuxCooked));
    QCOMPARE(text(toText(summary.sourceMac)), QStringLiteral("01:02:03:04:05:06"));
    QVERIFY(summary.destinationMac == MacAddress());
}

void SummaryTest::showsOnlyTheOuterPacketOfATunnel()
{
    Ipv4Header outer = ipv4();
    outer.source = *parseIpv4("203.0.113.1");
    const Summary summary = summaryOf(packet({ethernet(), outer, ipv4(), tcp()}));
    QCOMPARE(text(toText(*summary.source)), QStringLiteral("203.0.113.1"));
    QVERIFY(!summary.isTcp && !summary.hasPorts);
    QCOMPARE(text(summary.protocol), QStringLiteral("IPv4 in IPv4"));
}

void SummaryTest::quotesThePacketOfAnIcmpError()
{
    IcmpHeader icmp;
    icmp.type = 3;
    icmp.code = 3;
    const Bytes about = encode(packet({ipv4(), tcp()}, LinkType::raw));
    const Bytes quote(about.begin(), about.begin() + 28);
    const Packet sent = packet({ethernet(), ipv4(), icmp, Payload{quote}});
    QVERIFY(!summaryOf(sent).isTcp);
    const auto quoted = quotedPacket(again(sent));
    QVERIFY(quoted);
    QCOMPARE(layerNames(*quoted), QStringLiteral("ipv4 rest"));
    QCOMPARE(text(quoted->find<Rest>()->wanted), QStringLiteral("TCP"));
    QVERIFY(encode(*quoted) == quote);

    icmp.type = 8;
    QVERIFY(!quotedPacket(packet({ethernet(), ipv4(), icmp, Payload{quote}})));
    QVERIFY(!quotedPacket(packet({ethernet(), ipv4(), icmp})));
    icmp.version6 = true;
    icmp.type = 1;
    QVERIFY(quotedPacket(packet({ethernet(), ipv6(), icmp, Payload{quote}})));
    icmp.type = 128;
    QVERIFY(!quotedPacket(packet({ethernet(), ipv6(), icmp, Payload{quote}})));
    QVERIFY(!quotedPacket(syn()));
}

TCPW_TEST(SummaryTest);

#include "tst_summary.moc"
