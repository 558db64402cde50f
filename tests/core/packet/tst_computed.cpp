// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fields.h"
#include "randompacket.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class ComputedFieldsTest : public QObject
{
    Q_OBJECT
private slots:
    void followTheirPacket();
    void announceWhatFollows();
    void areZeroWhenNothingKnownFollows();
    void giveUpWhenTheirWidthDoesNotSuffice();
    void keepAWrongValueWrong();
    void areEmptyExactlyWhenTheyAreRight();
    void areAllFilledInACompletedPacket();
    void ofACompletedPacketGiveTheSameBytes();
    void countUpToTheTrailer();
};

void ComputedFieldsTest::followTheirPacket()
{
    Packet packet = data("hello");
    packet.find<TcpHeader>()->options.list = {tcpOption::maximumSegmentSize(1460)};
    packet.find<Ipv4Header>()->options.list = {Option{148, std::nullopt, {0, 0}}};
    const Packet whole = completed(packet);
    QCOMPARE(*whole.find<EthernetHeader>()->etherType, std::uint16_t(0x0800));
    QCOMPARE(*whole.find<Ipv4Header>()->headerLength, std::uint8_t(6));
    QCOMPARE(*whole.find<Ipv4Header>()->totalLength, std::uint16_t(24 + 24 + 5));
    QCOMPARE(*whole.find<Ipv4Header>()->protocol, std::uint8_t(6));
    QCOMPARE(*whole.find<TcpHeader>()->dataOffset, std::uint8_t(6));

    const Packet six = completed(samples::packet({ethernet(), VlanTag(), ipv6(),
        Ipv6Extension{0, {}, {}, Bytes(14)}, Ipv6Fragment(), udp(), Payload{Bytes(3)}}));
    QCOMPARE(*six.find<EthernetHeader>()->etherType, std::uint16_t(0x8100));
    QCOMPARE(*six.find<VlanTag>()->etherType, std::uint16_t(0x86dd));
    QCOMPARE(*six.find<Ipv6Header>()->payloadLength, std::uint16_t(16 + 8 + 8 + 3));
    QCOMPARE(*six.find<Ipv6Header>()->nextHeader, std::uint8_t(0));
    QCOMPARE(*six.find<Ipv6Extension>()->length, std::uint8_t(1));
    QCOMPARE(*six.find<Ipv6Extension>()->nextHeader, std::uint8_t(44));
    QCOMPARE(*six.find<Ipv6Fragment>()->nextHeader, std::uint8_t(17));
    QCOMPARE(*six.find<UdpHeader>()->length, std::uint16_t(11));
}

void ComputedFieldsTest::announceWhatFollows()
{
    IcmpHeader icmp6;
    icmp6.version6 = true;
    QCOMPARE(*completed(packet({ethernet(), ArpPacket()})).find<EthernetHeader>()->etherType,
        std::uint16_t(0x0806));
    QCOMPARE(
        *completed(packet({ipv4(), IcmpHeader()})).find<Ipv4Header>()->protocol, std::uint8_t(1));
    QCOMPARE(*completed(packet({ipv6(), icmp6})).find<Ipv6Header>()->nextHeader, std::uint8_t(58));
    QCOMPARE(
        *completed(packet({ipv4(), ipv4(), tcp()})).find<Ipv4Header>()->protocol, std::uint8_t(4));
    QCOMPARE(*completed(packet({LinuxCookedHeader(), ipv6()})).find<LinuxCookedHeader>()->protocol,
        std::uint16_t(0x86dd));
    QCOMPARE(
        *completed(packet({LinuxCooked2Header(), ipv4()})).find<LinuxCooked2Header>()->protocol,
        std::uint16_t(0x0800));
    const Ipv6Extension authentication{51, {}, {}, Bytes(22)};
    QCOMPARE(*completed(packet({ipv6(), authentication, tcp()})).find<Ipv6Extension>()->length,
        std::uint8_t(4)); // in words, less 2 (RFC 4302)
}

void ComputedFieldsTest::areZeroWhenNothingKnownFollows()
{
    const Payload payload{{1}};
    QCOMPARE(*completed(packet({ethernet(), payload})).find<EthernetHeader>()->etherType,
        std::uint16_t(0));
    QCOMPARE(*completed(packet({ipv4(), payload})).find<Ipv4Header>()->protocol, std::uint8_t(0));
    QCOMPARE(*completed(packet({ipv4()})).find<Ipv4Header>()->protocol, std::uint8_t(0));
    QCOMPARE(
        *completed(packet({ipv6(), payload})).find<Ipv6Header>()->nextHeader, std::uint8_t(59));
    QCOMPARE(*completed(packet({ipv6()})).find<Ipv6Header>()->nextHeader, std::uint8_t(59));
}

void ComputedFieldsTest::giveUpWhenTheirWidthDoesNotSuffice()
{
    Packet big = packet({ethernet(), ipv4(), tcp(ControlBits::ack), Payload{Bytes(70'000, 1)}});
    QCOMPARE(*completed(big).find<Ipv4Header>()->totalLength, std::uint16_t(0));
    QVERIFY(again(big) == big);

    Packet big6 = packet({ethernet(), ipv6(), tcp(ControlBits::ack), Payload{Bytes(70'000, 1)}});
    QCOMPARE(*completed(big6).find<Ipv6Header>()->payloadLength, std::uint16_t(0));
    QVERIFY(again(big6) == big6);

    Packet crowded = syn();
    crowded.find<TcpHeader>()->options.list = std::vector<Option>(80, tcpOption::noOperation());
    QCOMPARE(*completed(crowded).find<TcpHeader>()->dataOffset, std::uint8_t(15));
    QCOMPARE(encode(crowded).size(), std::size_t(14 + 20 + 20 + 80));
}

void ComputedFieldsTest::keepAWrongValueWrong()
{
    const std::pair<const char*, const char*> wrong[] = {{"ethernet.etherType", "0x1234"},
        {"ipv4.headerLength", "3"}, {"ipv4.totalLength", "39"}, {"ipv4.protocol", "99"},
        {"ipv4.headerChecksum", "0x0001"}, {"tcp.dataOffset", "4"}, {"tcp.checksum", "0x1234"}};
    for (const auto& [path, value] : wrong) {
        Packet packet = data();
        QVERIFY(setField(packet, path, value));
        const Bytes right = encode(data());
        const Bytes wire = encode(packet);
        const auto found = findPath(packet, path);
        const BitRange range = bitRange(packet, *found);
        QVERIFY(wire != right);
        QCOMPARE(wire.size(), right.size());
        const bool summed = path[0] == 'i'; // the IP header's own checksum covers it
        for (std::size_t i = 0; i < wire.size(); ++i) {
            const bool own = i >= range.offset / 8 && i <= (range.offset + range.length - 1) / 8;
            const bool checksum
                = (summed && (i == 24 || i == 25)) || (path[0] == 't' && (i == 50 || i == 51));
            if (!own && !checksum)
                QCOMPARE(wire[i], right[i]);
        }
    }
}

void ComputedFieldsTest::areEmptyExactlyWhenTheyAreRight()
{
    RandomPacket random(6);
    for (int i = 0; i < 300; ++i) {
        const Bytes wire = encode(random.next(LinkType::ethernet));
        const Packet read = decode(wire, LinkType::ethernet);
        for (std::size_t layer = 0; layer < read.layers.size(); ++layer)
            for (const Field& field : layerType(read.layers[layer]).fields) {
                if (!field.computed)
                    continue;
                QVERIFY2(std::holds_alternative<std::monostate>(field.get(read.layers[layer])),
                    field.name);
                // A value of one's own is kept, and is automatic again once it is the right one.
                Packet stated = read;
                const Packet whole = completed(read);
                QVERIFY(field.set(stated.layers[layer], field.get(whole.layers[layer])));
                QVERIFY(encode(stated) == wire);
            }
    }
}

void ComputedFieldsTest::areAllFilledInACompletedPacket()
{
    RandomPacket random(7);
    for (const LinkType linkType : linkTypes)
        for (int i = 0; i < 50; ++i) {
            const Packet whole = completed(random.next(linkType));
            for (const Layer& layer : whole.layers)
                for (const Field& field : layerType(layer).fields)
                    QVERIFY2(!std::holds_alternative<std::monostate>(field.get(layer)), field.name);
            if (const auto* tcp = whole.find<TcpHeader>())
                QVERIFY(tcp->options.tail);
        }
}

void ComputedFieldsTest::ofACompletedPacketGiveTheSameBytes()
{
    RandomPacket random(8);
    for (int i = 0; i < 500; ++i) {
        const Packet packet = random.next(LinkType::ethernet);
        QVERIFY(encode(completed(packet)) == encode(packet));
    }
}

void ComputedFieldsTest::countUpToTheTrailer()
{
    Packet packet = data("hello");
    packet.layers.emplace_back(Trailer{Bytes(6, 0)});
    QCOMPARE(*completed(packet).find<Ipv4Header>()->totalLength, std::uint16_t(45));
    QVERIFY(again(packet) == packet);
    Packet without = data("hello");
    QCOMPARE(*completed(packet).find<TcpHeader>()->checksum,
        *completed(without).find<TcpHeader>()->checksum);
}

TCPW_TEST(ComputedFieldsTest);

#include "tst_computed.moc"
