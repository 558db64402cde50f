// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/checksum.h"
#include "randompacket.h"
#include "samples.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;
using namespace tcpw::samples;

class ChecksumTest : public QObject
{
    Q_OBJECT
private slots:
    void sumIsThatOfRfc1071();
    void sumIsThatOfTheSimpleLoop();
    void sumIsContinued();
    void sumsToZeroOverAReceivedSegment_data();
    void sumsToZeroOverAReceivedSegment();
    void isSentAsGivenWhenOverridden();
    void udpNeverSendsZeroForAComputedOne();
    void namesTheLastDestinationOfASourceRoute();
    void namesTheLastDestinationOfARoutingHeader();
    void ofReceivedPacketsIsJudged_data();
    void ofReceivedPacketsIsJudged();
    void ofAnUnfinishedFrameIsOffload_data() { sumsToZeroOverAReceivedSegment_data(); }
    void ofAnUnfinishedFrameIsOffload();
    void ofASnappedPacketIsUnverified();
    void ofAPacketSnappedBehindItsEndIsVerified();
    void ofAFragmentIsUnverified();
    void udpMayLeaveItOutOverIpv4Only();
};

namespace {

std::uint16_t simpleSum(ByteView view)
{
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < view.size(); ++i)
        sum += i % 2 == 0 ? std::uint32_t(view[i]) << 8 : view[i];
    while (sum > 0xffff)
        sum = (sum >> 16) + (sum & 0xffff);
    return std::uint16_t(sum);
}

/// The pseudo-header as bytes (RFC 9293, section 3.1; RFC 8200, section 8.1).
Bytes pseudoHeaderBytes(const Packet& packet, std::uint8_t protocol, std::size_t length)
{
    Bytes made;
    if (const auto* ipv4 = packet.find<Ipv4Header>()) {
        for (const std::uint32_t address : {ipv4->source.value, ipv4->destination.value})
            for (int shift = 24; shift >= 0; shift -= 8)
                made.push_back(std::uint8_t(address >> shift));
        made.insert(made.end(), {0, protocol, std::uint8_t(length >> 8), std::uint8_t(length)});
        return made;
    }
    const auto* ipv6 = packet.find<Ipv6Header>();
    made.insert(made.end(), ipv6->source.octets.begin(), ipv6->source.octets.end());
    made.insert(made.end(), ipv6->destination.octets.begin(), ipv6->destination.octets.end());
    made.insert(made.end(),
        {std::uint8_t(length >> 24), std::uint8_t(length >> 16), std::uint8_t(length >> 8),
            std::uint8_t(length), 0, 0, 0, protocol});
    return made;
}

std::size_t indexOf(const Packet& packet, std::size_t kind)
{
    std::size_t index = 0;
    while (packet.layers[index].index() != kind)
        ++index;
    return index;
}

const std::size_t tcpKind = Layer(TcpHeader()).index();
const std::size_t udpKind = Layer(UdpHeader()).index();

} // namespace

void ChecksumTest::sumIsThatOfRfc1071()
{
    // The example of RFC 1071, section 3.
    QCOMPARE(onesComplementSum(bytes("0001f203f4f5f6f7")), std::uint16_t(0xddf2));
    QCOMPARE(onesComplementSum({}), std::uint16_t(0));
    QCOMPARE(onesComplementSum(bytes("ab")), std::uint16_t(0xab00));
    QCOMPARE(onesComplementSum(bytes("ffffffff")), std::uint16_t(0xffff));
}

void ChecksumTest::sumIsThatOfTheSimpleLoop()
{
    RandomPacket random(1);
    for (std::size_t size = 0; size < 300; ++size) {
        const Bytes made = random.bytes(size);
        QCOMPARE(onesComplementSum(made), simpleSum(made));
    }
    const Bytes ones(1'000'001, 0xff); // many carries
    Bytes expected(64, 0xff);
    expected.push_back(0xff);
    QCOMPARE(onesComplementSum(ones), simpleSum(expected));
}

void ChecksumTest::sumIsContinued()
{
    RandomPacket random(2);
    const Bytes made = random.bytes(101);
    const ByteView view(made);
    for (std::size_t cut = 0; cut <= 100; cut += 2)
        QCOMPARE(onesComplementSum(view.subspan(cut), onesComplementSum(view.first(cut))),
            simpleSum(made));
}

void ChecksumTest::sumsToZeroOverAReceivedSegment_data()
{
    QTest::addColumn<bool>("ipv6");
    QTest::addColumn<bool>("isUdp");
    QTest::addColumn<int>("size");
    for (const bool ipv6 : {false, true})
        for (const bool isUdp : {false, true})
            for (const int size : {0, 1, 2, 100, 1460})
                QTest::addRow(
                    "%s over %s, %d bytes", isUdp ? "UDP" : "TCP", ipv6 ? "IPv6" : "IPv4", size)
                    << ipv6 << isUdp << size;
}

namespace {

Packet segment(bool overIpv6, bool isUdp, int size)
{
    Packet made = packet({ethernet()});
    if (overIpv6)
        made.layers.emplace_back(ipv6());
    else
        made.layers.emplace_back(ipv4());
    if (isUdp)
        made.layers.emplace_back(udp());
    else
        made.layers.emplace_back(tcpWith({tcpOption::windowScale(7)}, ControlBits::ack));
    RandomPacket random(3);
    if (size > 0)
        made.layers.emplace_back(Payload{random.bytes(static_cast<std::size_t>(size))});
    return made;
}

} // namespace

void ChecksumTest::sumsToZeroOverAReceivedSegment()
{
    QFETCH(bool, ipv6);
    QFETCH(bool, isUdp);
    QFETCH(int, size);
    const Packet sent = segment(ipv6, isUdp, size);
    Bytes wire = encode(sent);
    const std::size_t start = layout(sent)[2].offset;
    const std::size_t place = start + (isUdp ? 6 : 16);
    const std::uint8_t protocol = isUdp ? 17 : 6;
    const std::uint16_t pseudo
        = onesComplementSum(pseudoHeaderBytes(sent, protocol, wire.size() - start));

    // First step: over the received segment the sum is all ones, its complement zero.
    const ByteView received = ByteView(wire).subspan(start);
    QCOMPARE(onesComplementSum(received, pseudo), std::uint16_t(0xffff));

    // Second step: with the field zeroed, the sum's complement is the wire's value.
    const std::uint16_t onWire = std::uint16_t(wire[place] << 8 | wire[place + 1]);
    wire[place] = wire[place + 1] = 0;
    QCOMPARE(std::uint16_t(~onesComplementSum(ByteView(wire).subspan(start), pseudo)), onWire);
}

void ChecksumTest::isSentAsGivenWhenOverridden()
{
    Packet packet = syn();
    packet.find<TcpHeader>()->checksum = 0x1234;
    packet.find<Ipv4Header>()->headerChecksum = 0x5678;
    const Bytes wire = encode(packet);
    QVERIFY((Bytes(wire.begin() + 24, wire.begin() + 26) == Bytes{0x56, 0x78}));
    QVERIFY((Bytes(wire.begin() + 50, wire.begin() + 52) == Bytes{0x12, 0x34}));
    QVERIFY(again(packet) == packet);
}

void ChecksumTest::udpNeverSendsZeroForAComputedOne()
{
    // Two bytes of data that bring the sum to all ones, so that its complement would be zero.
    Packet packet = segment(false, true, 2);
    packet.find<Payload>()->bytes = {0, 0};
    const std::uint16_t sum = std::uint16_t(~*completed(packet).find<UdpHeader>()->checksum);
    const std::uint16_t missing = std::uint16_t(~sum);
    packet.find<Payload>()->bytes = {std::uint8_t(missing >> 8), std::uint8_t(missing)};
    QCOMPARE(*completed(packet).find<UdpHeader>()->checksum, std::uint16_t(0xffff));
    QVERIFY(again(packet) == packet);
}

void ChecksumTest::namesTheLastDestinationOfASourceRoute()
{
    Packet direct = syn();
    Packet routed = syn();
    auto* header = routed.find<Ipv4Header>();
    header->destination = *parseIpv4("10.0.0.1");
    header->options.list.push_back(Option{131, std::nullopt, {4, 192, 168, 56, 102}});
    QCOMPARE(*completed(routed).find<TcpHeader>()->checksum,
        *completed(direct).find<TcpHeader>()->checksum);
    header->options.list[0].data = SmallBytes{8, 192, 168, 56, 102}; // used up
    QVERIFY(completed(routed).find<TcpHeader>()->checksum
        != completed(direct).find<TcpHeader>()->checksum);
}

void ChecksumTest::namesTheLastDestinationOfARoutingHeader()
{
    const Packet direct = packet({ethernet(), ipv6(), tcp()});
    Ipv6Header first = ipv6();
    first.destination = *parseIpv6("fd00::99");
    Bytes body = {0, 1, 0, 0, 0, 0};
    const auto last = ipv6().destination.octets;
    body.insert(body.end(), last.begin(), last.end());
    Packet routed
        = packet({ethernet(), first, Ipv6Extension{43, std::nullopt, std::nullopt, body}, tcp()});
    QCOMPARE(*completed(routed).find<TcpHeader>()->checksum,
        *completed(direct).find<TcpHeader>()->checksum);
    routed.find<Ipv6Extension>()->body[1] = 0; // no segment left
    QVERIFY(completed(routed).find<TcpHeader>()->checksum
        != completed(direct).find<TcpHeader>()->checksum);
}

void ChecksumTest::ofReceivedPacketsIsJudged_data()
{
    sumsToZeroOverAReceivedSegment_data();
}

void ChecksumTest::ofReceivedPacketsIsJudged()
{
    QFETCH(bool, ipv6);
    QFETCH(bool, isUdp);
    QFETCH(int, size);
    Bytes wire = encode(segment(ipv6, isUdp, size));
    const Packet good = decode(wire, LinkType::ethernet);
    QCOMPARE(checksumState(good, 0, wire.size()), ChecksumState::none);
    QCOMPARE(checksumState(good, 1, wire.size()), ipv6 ? ChecksumState::none : ChecksumState::good);
    QCOMPARE(checksumState(good, 2, wire.size()), ChecksumState::good);
    QCOMPARE(checksumState(good, 9, wire.size()), ChecksumState::none);

    wire[layout(good)[2].offset + 1] ^= 1; // another port
    const Packet bad = decode(wire, LinkType::ethernet);
    QCOMPARE(checksumState(bad, 2, wire.size()), ChecksumState::bad);
    QCOMPARE(QString::fromLatin1(checksumStateName(checksumState(bad, 2, wire.size()))),
        QStringLiteral("bad"));
}

void ChecksumTest::ofAnUnfinishedFrameIsOffload()
{
    QFETCH(bool, ipv6);
    QFETCH(bool, isUdp);
    QFETCH(int, size);
    Packet sent = segment(ipv6, isUdp, size);
    const Bytes whole = encode(sent);
    const std::size_t length = whole.size() - layout(sent)[2].offset;
    const std::uint16_t pseudo = onesComplementSum(pseudoHeaderBytes(sent, isUdp ? 17 : 6, length));
    if (isUdp)
        sent.find<UdpHeader>()->checksum = pseudo;
    else
        sent.find<TcpHeader>()->checksum = pseudo;
    QCOMPARE(checksumState(again(sent), 2, whole.size()), ChecksumState::offload);
}

void ChecksumTest::ofASnappedPacketIsUnverified()
{
    const Bytes whole = encode(data());
    const Bytes snapped(whole.begin(), whole.end() - 1);
    const Packet packet = decode(snapped, LinkType::ethernet);
    QCOMPARE(
        checksumState(packet, indexOf(packet, tcpKind), whole.size()), ChecksumState::unverified);
    QCOMPARE(checksumState(packet, 1, whole.size()), ChecksumState::good);
    // Nothing was cut off: the packet is shorter than its IP header says, and so is wrong.
    QCOMPARE(checksumState(packet, indexOf(packet, tcpKind), snapped.size()), ChecksumState::bad);
}

void ChecksumTest::ofAPacketSnappedBehindItsEndIsVerified()
{
    Packet packet = data();
    packet.layers.emplace_back(Trailer{{0, 0, 0, 0}});
    const Bytes whole = encode(packet);
    const Packet snapped = decode(ByteView(whole).first(whole.size() - 2), LinkType::ethernet);
    QCOMPARE(checksumState(snapped, 2, whole.size()), ChecksumState::good);
}

void ChecksumTest::ofAFragmentIsUnverified()
{
    Packet packet = data("12345678");
    packet.find<Ipv4Header>()->moreFragments = true;
    packet.find<Ipv4Header>()->dontFragment = false;
    packet.find<TcpHeader>()->checksum = 0x1234;
    const Packet read = again(packet);
    QCOMPARE(checksumState(read, 2, encode(read).size()), ChecksumState::unverified);

    Ipv6Fragment fragment;
    fragment.moreFragments = true;
    const Packet second = samples::packet({ethernet(), ipv6(), fragment, tcp()});
    QCOMPARE(checksumState(second, 3, 1000), ChecksumState::unverified);
    fragment.moreFragments = false; // atomic
    const Packet atomic = samples::packet({ethernet(), ipv6(), fragment, tcp()});
    QCOMPARE(checksumState(again(atomic), 3, encode(atomic).size()), ChecksumState::good);
}

void ChecksumTest::udpMayLeaveItOutOverIpv4Only()
{
    for (const bool overIpv6 : {false, true}) {
        Packet sent = segment(overIpv6, true, 10);
        sent.find<UdpHeader>()->checksum = 0;
        const Packet read = again(sent);
        QCOMPARE(checksumState(read, indexOf(read, udpKind), encode(read).size()),
            overIpv6 ? ChecksumState::bad : ChecksumState::none);
    }
}

TCPW_TEST(ChecksumTest);

#include "tst_checksum.moc"
