// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/segmentfacts.h"
#include "core/connection/packets.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

std::optional<SegmentFacts> read(const Packet& packet)
{
    const Bytes bytes = encode(packet);
    return readSegment(bytes, packet.linkType, static_cast<std::uint32_t>(bytes.size()));
}

} // namespace

class SegmentFactsTest : public QObject
{
    Q_OBJECT
private slots:
    void isReadFromEveryLinkType_data();
    void isReadFromEveryLinkType();
    void addressesAreThoseOfTheIpHeader();
    void optionsAreRead();
    void malformedOptionsEndTheList();
    void extensionHeadersArePassed();
    void paddingIsNoData();
    void cutDataIsCountedByTheIpLength();
    void lengthOfZeroReachesToTheEnd();
    void fragmentsAreNotWhole();
    void impossibleDataOffsetIsNotWhole();
    void othersAreNone();
    void everyPrefixIsSafe();
};

void SegmentFactsTest::isReadFromEveryLinkType_data()
{
    QTest::addColumn<Packet>("packet");
    const TcpHeader tcp = peerSegment(ControlBits::psh | ControlBits::ack, 7, 8);
    const Payload data{{1, 2, 3}};
    const Layer ip4 = peerIpv4();
    LoopbackHeader six;
    six.family = 30;
    QTest::newRow("Ethernet") << Packet{LinkType::ethernet, {EthernetHeader{}, ip4, tcp, data}};
    QTest::newRow("two VLAN tags")
        << Packet{LinkType::ethernet, {EthernetHeader{}, VlanTag{}, VlanTag{}, ip4, tcp, data}};
    EthernetHeader length;
    length.etherType = 8 + 20 + 20 + 3;
    QTest::newRow("LLC/SNAP") << Packet{LinkType::ethernet, {length, SnapHeader(), ip4, tcp, data}};
    QTest::newRow("cooked") << Packet{LinkType::linuxCooked, {LinuxCookedHeader{}, ip4, tcp, data}};
    QTest::newRow("cooked 2") << Packet{
        LinkType::linuxCooked2, {LinuxCooked2Header{}, ip4, tcp, data}};
    QTest::newRow("null") << Packet{LinkType::null, {LoopbackHeader{}, ip4, tcp, data}};
    QTest::newRow("null, IPv6") << Packet{LinkType::null, {six, peerIpv6(), tcp, data}};
    QTest::newRow("raw") << Packet{LinkType::raw, {ip4, tcp, data}};
    QTest::newRow("raw, IPv6") << Packet{LinkType::raw, {peerIpv6(), tcp, data}};
    QTest::newRow("IPv4") << Packet{LinkType::ipv4, {ip4, tcp, data}};
    QTest::newRow("IPv6") << Packet{LinkType::ipv6, {peerIpv6(), tcp, data}};
}

void SegmentFactsTest::isReadFromEveryLinkType()
{
    QFETCH(Packet, packet);
    const auto facts = read(packet);
    QVERIFY(facts);
    QCOMPARE(facts->source.port, std::uint16_t(8081));
    QCOMPARE(facts->destination.port, std::uint16_t(40000));
    QCOMPARE(facts->sequenceNumber, 7u);
    QCOMPARE(facts->acknowledgmentNumber, 8u);
    QVERIFY(facts->controlBits.has(ControlBits::psh | ControlBits::ack));
    QVERIFY(facts->isWhole);
    QCOMPARE(facts->dataLength, 3u);
    QCOMPARE(facts->capturedData, 3u);
    QCOMPARE(facts->dataOffset, encode(packet).size() - 3);
}

void SegmentFactsTest::addressesAreThoseOfTheIpHeader()
{
    const TcpHeader tcp = peerSegment(ControlBits::ack, 7, 8);
    const auto four = read({LinkType::raw, {peerIpv4(), tcp}});
    QVERIFY(four->source.address == IpAddress(peer4));
    QVERIFY(four->destination.address == IpAddress(our4));
    const auto six = read({LinkType::raw, {peerIpv6(), tcp}});
    QVERIFY(six->source.address == IpAddress(peer6));
    QVERIFY(six->destination.address == IpAddress(our6));
}

void SegmentFactsTest::optionsAreRead()
{
    TcpHeader tcp = peerSegment(ControlBits::syn, 7, 0);
    tcp.options.list = {tcpOption::maximumSegmentSize(1460), tcpOption::noOperation(),
        tcpOption::windowScale(7), tcpOption::sackPermitted(), tcpOption::timestamps({11, 12})};
    const auto facts = read({LinkType::raw, {peerIpv4(), tcp}});
    QCOMPARE(facts->windowScale, std::optional<std::uint8_t>(7));
    QVERIFY(facts->sackPermitted);
    QVERIFY(facts->hasTimestamps);
    QVERIFY(!facts->sack);
    tcp.options.list = {tcpOption::sack({{1, 2}, {3, 4}})};
    const auto blocks = read({LinkType::raw, {peerIpv4(), tcp}});
    QVERIFY((blocks->sack == SackBlock{1, 2}));
    tcp.options.list = {tcpOption::sack({})};
    QVERIFY(!read({LinkType::raw, {peerIpv4(), tcp}})->sack);
}

void SegmentFactsTest::malformedOptionsEndTheList()
{
    TcpHeader tcp = peerSegment(ControlBits::syn, 7, 0);
    tcp.options = parseTcpOptions("kind-77/1=,tail=0303070000000000").value();
    tcp.options.list.insert(tcp.options.list.begin(), tcpOption::sackPermitted());
    const auto facts = read({LinkType::raw, {peerIpv4(), tcp}});
    QVERIFY(facts->sackPermitted);
    QVERIFY(!facts->windowScale);
}

void SegmentFactsTest::extensionHeadersArePassed()
{
    Ipv6Extension options;
    options.body = {1, 4, 0, 0, 0, 0};
    const auto facts
        = read({LinkType::raw, {peerIpv6(), options, peerSegment(ControlBits::ack, 7, 8)}});
    QVERIFY(facts);
    QCOMPARE(facts->sequenceNumber, 7u);
}

void SegmentFactsTest::paddingIsNoData()
{
    const auto facts = read({LinkType::ethernet,
        {EthernetHeader{}, peerIpv4(), peerSegment(ControlBits::ack, 7, 8), Trailer{Bytes(6, 0)}}});
    QCOMPARE(facts->dataLength, 0u);
}

void SegmentFactsTest::cutDataIsCountedByTheIpLength()
{
    Bytes bytes = encode({LinkType::raw,
        {peerIpv4(), peerSegment(ControlBits::ack, 7, 8), Payload{Bytes(500, 'x')}}});
    bytes.resize(60);
    const auto facts = readSegment(bytes, LinkType::raw, 540);
    QCOMPARE(facts->dataLength, 500u);
    QCOMPARE(facts->capturedData, 20u);
}

void SegmentFactsTest::lengthOfZeroReachesToTheEnd()
{
    Ipv4Header ip = peerIpv4();
    ip.totalLength = 0; // as before the network card cuts a large segment
    const auto facts = read(
        {LinkType::raw, {ip, peerSegment(ControlBits::ack, 7, 8), Payload{Bytes(3000, 'x')}}});
    QCOMPARE(facts->dataLength, 3000u);
}

void SegmentFactsTest::fragmentsAreNotWhole()
{
    Ipv4Header ip = peerIpv4();
    ip.moreFragments = true;
    const auto first = read({LinkType::raw, {ip, peerSegment(ControlBits::ack, 7, 8)}});
    QVERIFY(first && !first->isWhole);
    ip.fragmentOffset = 5;
    QVERIFY(!read({LinkType::raw, {ip, peerSegment(ControlBits::ack, 7, 8)}}));
}

void SegmentFactsTest::impossibleDataOffsetIsNotWhole()
{
    for (const std::uint8_t offset : {4, 15}) {
        TcpHeader tcp = peerSegment(ControlBits::ack, 7, 8);
        tcp.dataOffset = offset;
        const auto facts = read({LinkType::raw, {peerIpv4(), tcp}});
        QVERIFY(facts && !facts->isWhole);
    }
}

void SegmentFactsTest::othersAreNone()
{
    QVERIFY(!read({LinkType::raw, {peerIpv4(), UdpHeader{}}}));
    QVERIFY(!read({LinkType::ethernet, {EthernetHeader{}, ArpPacket{}}}));
    QVERIFY(!readSegment({}, LinkType::raw, 0));
    QVERIFY(!readSegment(Bytes(100, 0), LinkType(999), 100));
}

void SegmentFactsTest::everyPrefixIsSafe()
{
    Ipv6Extension options;
    options.body = {1, 4, 0, 0, 0, 0};
    TcpHeader tcp = peerSegment(ControlBits::syn, 7, 0);
    tcp.options.list = {tcpOption::timestamps({11, 12})};
    const Bytes bytes
        = encode({LinkType::ethernet, {EthernetHeader{}, VlanTag{}, peerIpv6(), options, tcp}});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const Bytes part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        const auto facts
            = readSegment(part, LinkType::ethernet, static_cast<std::uint32_t>(bytes.size()));
        QCOMPARE(facts.has_value(), size >= 14 + 4 + 40 + 8 + 20);
    }
}

TCPW_TEST(SegmentFactsTest);

} // namespace tcpw

#include "tst_segmentfacts.moc"
