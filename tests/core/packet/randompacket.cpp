// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "randompacket.h"

#include "packet/tcpoptions.h"

#include <iterator>

namespace tcpw::samples {

namespace {

constexpr std::uint16_t legalFlags[] = {ControlBits::syn, ControlBits::syn | ControlBits::ack,
    ControlBits::ack, ControlBits::ack | ControlBits::psh, ControlBits::ack | ControlBits::fin,
    ControlBits::ack | ControlBits::fin | ControlBits::psh, ControlBits::rst,
    ControlBits::rst | ControlBits::ack, ControlBits::ack | ControlBits::urg,
    ControlBits::ack | ControlBits::ece, ControlBits::ack | ControlBits::cwr,
    ControlBits::syn | ControlBits::ece | ControlBits::cwr,
    ControlBits::syn | ControlBits::ack | ControlBits::ece};

} // namespace

Packet RandomPacket::next(LinkType linkType)
{
    Packet packet{linkType, {}};
    addLink(packet);
    const bool canArp = std::holds_alternative<EthernetHeader>(
        packet.layers.empty() ? Layer(Payload()) : packet.layers.front());
    if (canArp && chance(20)) {
        ArpPacket arp;
        arp.operation = static_cast<std::uint16_t>(1 + number(2));
        arp.senderHardware = mac();
        arp.senderProtocol.value = 0x0a000001 + number(1000);
        arp.targetProtocol.value = 0x0a000001 + number(1000);
        packet.layers.emplace_back(arp);
        return packet;
    }
    addIp(packet);
    addTransport(packet);
    return packet;
}

Packet RandomPacket::nextTcp(LinkType linkType)
{
    Packet packet{linkType, {}};
    addLink(packet);
    addIp(packet);
    packet.layers.emplace_back(tcp());
    addPayload(packet);
    return packet;
}

Bytes RandomPacket::bytes(std::size_t count)
{
    Bytes made(count);
    for (std::uint8_t& byte : made)
        byte = static_cast<std::uint8_t>(word());
    return made;
}

MacAddress RandomPacket::mac()
{
    MacAddress address;
    for (std::uint8_t& octet : address.octets)
        octet = static_cast<std::uint8_t>(word());
    address.octets[0] = static_cast<std::uint8_t>(address.octets[0] & ~1u);
    return address;
}

void RandomPacket::addLink(Packet& packet)
{
    switch (packet.linkType) {
    case LinkType::ethernet:
        packet.layers.emplace_back(EthernetHeader{mac(), mac(), std::nullopt});
        return addVlans(packet);
    case LinkType::linuxCooked: {
        LinuxCookedHeader header;
        header.packetType = static_cast<std::uint16_t>(number(5));
        packet.layers.emplace_back(header);
        return;
    }
    case LinkType::linuxCooked2: {
        LinuxCooked2Header header;
        header.interfaceIndex = 1 + number(100);
        packet.layers.emplace_back(header);
        return;
    }
    case LinkType::null:
        packet.layers.emplace_back(LoopbackHeader{2, chance(2)});
        return;
    case LinkType::loop:
        packet.layers.emplace_back(LoopbackHeader{2, true});
        return;
    default:
        return;
    }
}

void RandomPacket::addVlans(Packet& packet)
{
    for (std::uint32_t i = number(8); i > 5; --i) {
        VlanTag tag;
        tag.priority = static_cast<std::uint8_t>(number(8));
        tag.dropEligible = chance(2);
        tag.identifier = static_cast<std::uint16_t>(1 + number(4094));
        packet.layers.emplace_back(tag);
    }
}

void RandomPacket::addIp(Packet& packet)
{
    const bool only4 = packet.linkType == LinkType::ipv4 || packet.linkType == LinkType::loop
        || packet.linkType == LinkType::null;
    if (only4 || (packet.linkType != LinkType::ipv6 && chance(2))) {
        packet.layers.emplace_back(ipv4());
        return;
    }
    packet.layers.emplace_back(ipv6());
    addExtensions(packet);
}

Ipv4Header RandomPacket::ipv4()
{
    Ipv4Header header;
    header.dscp = static_cast<std::uint8_t>(number(64));
    header.ecn = static_cast<std::uint8_t>(number(4));
    header.identification = static_cast<std::uint16_t>(word());
    header.dontFragment = chance(2);
    header.timeToLive = static_cast<std::uint8_t>(1 + number(255));
    header.source.value = 0x0a000001 + number(0xfffffe);
    header.destination.value = 0xc0a80001 + number(0xfffe);
    if (chance(8))
        header.options.list.push_back(Option{148, std::nullopt, {0, 0}}); // router alert
    return header;
}

Ipv6Header RandomPacket::ipv6()
{
    Ipv6Header header;
    header.dscp = static_cast<std::uint8_t>(number(64));
    header.ecn = static_cast<std::uint8_t>(number(4));
    header.flowLabel = number(0x100000);
    header.hopLimit = static_cast<std::uint8_t>(1 + number(255));
    const Bytes random = bytes(30);
    header.source.octets[0] = 0xfd;
    header.destination.octets[0] = 0xfd;
    std::copy_n(random.begin(), 15, header.source.octets.begin() + 1);
    std::copy_n(random.begin() + 15, 15, header.destination.octets.begin() + 1);
    return header;
}

void RandomPacket::addExtensions(Packet& packet)
{
    if (chance(6))
        packet.layers.emplace_back(
            Ipv6Extension{0, std::nullopt, std::nullopt, {5, 2, 0, 0, 1, 0}}); // router alert
    if (chance(6))
        packet.layers.emplace_back(Ipv6Extension{60, std::nullopt, std::nullopt,
            {1, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}}); // padding of two units
    if (chance(10)) {
        Ipv6Fragment fragment; // an atomic one (RFC 6946)
        fragment.identification = word();
        packet.layers.emplace_back(fragment);
    }
}

TcpHeader RandomPacket::tcp()
{
    TcpHeader header;
    header.sourcePort = port();
    header.destinationPort = port();
    header.sequenceNumber = word();
    header.controlBits.value = legalFlags[number(std::size(legalFlags))];
    if (header.controlBits.has(ControlBits::ack))
        header.acknowledgmentNumber = word();
    if (header.controlBits.has(ControlBits::urg))
        header.urgentPointer = static_cast<std::uint16_t>(1 + number(100));
    header.window = static_cast<std::uint16_t>(word());
    header.options = tcpOptions(header.controlBits.has(ControlBits::syn));
    return header;
}

void RandomPacket::addSynOptions(Options& options)
{
    if (!chance(4))
        options.list.push_back(
            tcpOption::maximumSegmentSize(static_cast<std::uint16_t>(88 + number(9000))));
    if (chance(2))
        options.list.push_back(tcpOption::sackPermitted());
    if (chance(2))
        options.list.push_back(tcpOption::windowScale(static_cast<std::uint8_t>(number(15))));
    if (chance(6))
        options.list.push_back(tcpOption::fastOpenCookie(bytes(chance(2) ? 0 : 8)));
}

Options RandomPacket::tcpOptions(bool syn)
{
    Options options;
    if (syn)
        addSynOptions(options);
    else if (chance(3))
        options.list.push_back(tcpOption::sack(
            std::vector<SackBlock>(1 + number(2), SackBlock{number(1000000), 2000000})));
    if (chance(2)) {
        options.list.push_back(tcpOption::noOperation());
        options.list.push_back(tcpOption::timestamps({word(), syn ? 0 : word()}));
    }
    if (chance(8))
        options.list.push_back(
            tcpOption::userTimeout(static_cast<std::uint16_t>(1 + number(0x7fff)), chance(2)));
    return options;
}

void RandomPacket::addTransport(Packet& packet)
{
    const std::uint32_t which = number(8);
    if (which == 0) {
        UdpHeader header;
        header.sourcePort = port();
        header.destinationPort = port();
        packet.layers.emplace_back(header);
    } else if (which == 1) {
        IcmpHeader header;
        header.version6 = packet.find<Ipv6Header>() != nullptr;
        header.type = header.version6 ? 128 : 8;
        header.rest = word();
        packet.layers.emplace_back(header);
    } else {
        packet.layers.emplace_back(tcp());
    }
    addPayload(packet);
}

void RandomPacket::addPayload(Packet& packet)
{
    const auto* header = packet.find<TcpHeader>();
    const bool bare
        = header && (header->controlBits.value & (ControlBits::syn | ControlBits::rst)) != 0;
    if (!bare && !chance(3))
        packet.layers.emplace_back(Payload{bytes(1 + number(300))});
}

} // namespace tcpw::samples
