// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class DecodeLinkTest : public QObject
{
    Q_OBJECT
private slots:
    void readsEthernet();
    void readsVlanTags_data();
    void readsVlanTags();
    void readsLengthFrames();
    void readsIpBehindSnap();
    void readsArpAndItsPadding();
    void leavesArpOfOtherAddressesAsBytes();
    void readsLinuxCookedHeaders();
    void readsLoopbackInEitherByteOrder_data();
    void readsLoopbackInEitherByteOrder();
    void tellsRawIpByItsVersion();
    void leavesOtherLinkTypesAsBytes();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void stopsAtTheLimit();
};

void DecodeLinkTest::readsEthernet()
{
    const Packet read = decode(bytes("0a0000000002 0a0000000001 88cc 0102"), LinkType::ethernet);
    QCOMPARE(layerNames(read), QStringLiteral("ethernet payload"));
    const auto* header = read.find<EthernetHeader>();
    QCOMPARE(text(toText(header->destination)), QStringLiteral("0a:00:00:00:00:02"));
    QCOMPARE(text(toText(header->source)), QStringLiteral("0a:00:00:00:00:01"));
    QCOMPARE(*header->etherType, std::uint16_t(0x88cc));
    QVERIFY(read.find<Payload>()->bytes == bytes("0102"));
}

void DecodeLinkTest::readsVlanTags_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("type");
    for (const int count : {1, 2, 5, 60, 200})
        for (const int type : {0x8100, 0x88a8, 0x9100})
            QTest::addRow("%d of 0x%04x", count, unsigned(type)) << count << type;
}

void DecodeLinkTest::readsVlanTags()
{
    QFETCH(int, count);
    QFETCH(int, type);
    Packet sent = packet({ethernet()});
    sent.find<EthernetHeader>()->etherType = std::uint16_t(type);
    for (int i = 0; i < count; ++i) {
        const bool last = i + 1 == count;
        sent.layers.emplace_back(VlanTag{std::uint8_t(i % 8), i % 2 == 0, std::uint16_t(i),
            last ? std::nullopt : std::optional(std::uint16_t(type))});
    }
    sent.layers.emplace_back(ipv4());
    sent.layers.emplace_back(tcp());
    const Packet read = again(sent);
    QVERIFY(encode(read) == encode(sent));
    if (count <= 60) {
        QCOMPARE(read.layers.size(), sent.layers.size());
        QCOMPARE(std::get<VlanTag>(read.layers[std::size_t(count)]).identifier,
            std::uint16_t(count - 1));
        QVERIFY(read.find<TcpHeader>());
    } else {
        QCOMPARE(read.layers.size(), std::size_t(65));
        QVERIFY(text(read.find<Rest>()->why).contains(QStringLiteral("64")));
    }
}

void DecodeLinkTest::readsLengthFrames()
{
    const Packet read
        = decode(bytes("ffffffffffff 0a0000000001 0003 aaaa03 0000"), LinkType::ethernet);
    QCOMPARE(layerNames(read), QStringLiteral("ethernet payload trailer"));
    QVERIFY(read.find<Payload>()->bytes == bytes("aaaa03"));
    const Packet cut = decode(bytes("ffffffffffff 0a0000000001 0003 aa"), LinkType::ethernet);
    QCOMPARE(layerNames(cut), QStringLiteral("ethernet payload"));
}

void DecodeLinkTest::readsIpBehindSnap()
{
    EthernetHeader header = ethernet();
    header.etherType = 8 + 40; // a length: SNAP, IP and TCP
    const Packet sent = packet({header, SnapHeader(), ipv4(), tcp(), Trailer{Bytes(6)}});
    QVERIFY(again(sent) == sent);
    SnapHeader vendor;
    vendor.organization = 0x00000c;
    vendor.etherType = 0x2000;
    header.etherType = 8 + 1;
    QCOMPARE(layerNames(again(packet({header, vendor, Payload{{1}}}))),
        QStringLiteral("ethernet payload")); // Cisco's numbers are no EtherTypes
}

void DecodeLinkTest::readsArpAndItsPadding()
{
    ArpPacket arp;
    arp.senderHardware = *parseMac("0a:00:00:00:00:01");
    arp.senderProtocol = *parseIpv4("192.168.56.101");
    arp.targetProtocol = *parseIpv4("192.168.56.102");
    const Packet sent = packet({ethernet(), arp, Trailer{Bytes(18)}});
    QCOMPARE(encode(sent).size(), std::size_t(60));
    QVERIFY(again(sent) == sent);
}

void DecodeLinkTest::leavesArpOfOtherAddressesAsBytes()
{
    ArpPacket arp;
    arp.hardwareLength = 8;
    const Packet read = again(packet({ethernet(), arp}));
    QCOMPARE(layerNames(read), QStringLiteral("ethernet rest"));
    QCOMPARE(text(read.find<Rest>()->wanted), QStringLiteral("ARP"));
    QVERIFY(text(read.find<Rest>()->why).contains(QStringLiteral("8 and 4")));
}

void DecodeLinkTest::readsLinuxCookedHeaders()
{
    LinuxCookedHeader cooked{4, 1, 6, {1, 2, 3, 4, 5, 6, 0, 0}, std::nullopt};
    const Packet first = packet({cooked, ipv4(), tcp()}, LinkType::linuxCooked);
    QVERIFY(again(first) == first);
    LinuxCooked2Header cooked2{std::nullopt, 0, 7, 1, 4, 6, {1, 2, 3, 4, 5, 6, 0, 0}};
    const Packet second = packet({cooked2, ipv6(), tcp()}, LinkType::linuxCooked2);
    QVERIFY(again(second) == second);

    // Netlink's protocol is no EtherType, and 4 says 802.2 without a length.
    cooked.hardwareType = 824;
    cooked.protocol = 0x0800;
    QCOMPARE(layerNames(again(packet({cooked, Payload{{1}}}, LinkType::linuxCooked))),
        QStringLiteral("cooked payload"));
    cooked.hardwareType = 1;
    cooked.protocol = 4;
    QCOMPARE(layerNames(again(packet({cooked, Payload{Bytes(9)}}, LinkType::linuxCooked))),
        QStringLiteral("cooked payload"));
}

void DecodeLinkTest::readsLoopbackInEitherByteOrder_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("linkType");
    QTest::addColumn<int>("family");
    QTest::addColumn<bool>("bigEndian");
    QTest::newRow("null, little") << QByteArray("02000000") << 0 << 2 << false;
    QTest::newRow("null, big") << QByteArray("00000002") << 0 << 2 << true;
    QTest::newRow("loop") << QByteArray("00000002") << 108 << 2 << true;
    QTest::newRow("IPv6, Linux") << QByteArray("0a000000") << 0 << 10 << false;
    QTest::newRow("IPv6, NetBSD") << QByteArray("18000000") << 0 << 24 << false;
    QTest::newRow("IPv6, FreeBSD") << QByteArray("0000001c") << 0 << 28 << true;
    QTest::newRow("IPv6, macOS") << QByteArray("1e000000") << 0 << 30 << false;
    QTest::newRow("zero") << QByteArray("00000000") << 0 << 0 << false;
    QTest::newRow("other") << QByteArray("07000000") << 0 << 7 << false;
}

void DecodeLinkTest::readsLoopbackInEitherByteOrder()
{
    QFETCH(QByteArray, header);
    QFETCH(int, linkType);
    QFETCH(int, family);
    QFETCH(bool, bigEndian);
    Bytes wire = bytes(header.constData());
    const Bytes ip = encode(family == 2 ? packet({ipv4(), tcp()}) : packet({ipv6(), tcp()}));
    wire.insert(wire.end(), ip.begin(), ip.end());
    const Packet read = decode(wire, LinkType(linkType));
    QCOMPARE(read.find<LoopbackHeader>()->family, std::uint32_t(family));
    QCOMPARE(read.find<LoopbackHeader>()->bigEndian, bigEndian);
    QVERIFY(encode(read) == wire);
    const QString wanted = family == 2 ? QStringLiteral("loopback ipv4 tcp")
        : family < 10                  ? QStringLiteral("loopback payload")
                                       : QStringLiteral("loopback ipv6 tcp");
    QCOMPARE(layerNames(read), wanted);
}

void DecodeLinkTest::tellsRawIpByItsVersion()
{
    QCOMPARE(layerNames(again(packet({ipv4(), tcp()}, LinkType::raw))), QStringLiteral("ipv4 tcp"));
    QCOMPARE(layerNames(again(packet({ipv6(), tcp()}, LinkType::raw))), QStringLiteral("ipv6 tcp"));
    const Packet other = decode(bytes("7500"), LinkType::raw);
    QVERIFY(text(other.find<Rest>()->why).contains(QStringLiteral("version 7")));
    QCOMPARE(layerNames(decode({}, LinkType::raw)), QStringLiteral("rest"));
}

void DecodeLinkTest::leavesOtherLinkTypesAsBytes()
{
    const Bytes wire = encode(syn());
    const Packet read = decode(wire, LinkType(105));
    QCOMPARE(layerNames(read), QStringLiteral("rest"));
    QCOMPARE(text(read.find<Rest>()->wanted), QStringLiteral("IEEE 802.11 wireless LAN"));
    QVERIFY(read.find<Rest>()->bytes == wire);
}

void DecodeLinkTest::saysWhatIsMissing_data()
{
    QTest::addColumn<int>("linkType");
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("why");
    QTest::newRow("Ethernet") << 1 << 13 << "Ethernet"
                              << "13 of the 14";
    QTest::newRow("cooked") << 113 << 15 << "Linux cooked v1"
                            << "15 of the 16";
    QTest::newRow("cooked2") << 276 << 19 << "Linux cooked v2"
                             << "19 of the 20";
    QTest::newRow("null") << 0 << 3 << "BSD loopback"
                          << "3 of the 4";
    QTest::newRow("IPv4") << 228 << 19 << "IPv4"
                          << "19 of the 20";
    QTest::newRow("IPv6") << 229 << 39 << "IPv6"
                          << "39 of the 40";
}

void DecodeLinkTest::saysWhatIsMissing()
{
    QFETCH(int, linkType);
    QFETCH(int, size);
    QFETCH(QString, wanted);
    QFETCH(QString, why);
    const Packet read = decode(Bytes(std::size_t(size), 0x45), LinkType(linkType));
    QCOMPARE(layerNames(read), QStringLiteral("rest"));
    QCOMPARE(text(read.find<Rest>()->wanted), wanted);
    QVERIFY2(text(read.find<Rest>()->why).contains(why), read.find<Rest>()->why.c_str());
}

void DecodeLinkTest::stopsAtTheLimit()
{
    const Bytes wire = encode(data());
    for (int limit = -1; limit < 6; ++limit) {
        const Packet read = decode(wire, LinkType::ethernet, DecodeLimits{limit});
        QVERIFY(encode(read) == wire);
        QCOMPARE(read.find<Rest>() != nullptr, limit < 3);
        QVERIFY(read.layers.size() <= std::size_t(std::max(limit, 0)) + 1);
    }
}

TCPW_TEST(DecodeLinkTest);

#include "tst_decodelink.moc"
