// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/decoder.h"
#include "packet/protocols.h"

#include <algorithm>

namespace tcpw {

namespace {

// Families of IPv6 on Linux, NetBSD and OpenBSD, FreeBSD, macOS
// (https://www.tcpdump.org/linktypes/LINKTYPE_NULL.html).
constexpr std::uint32_t ipv6Families[] = {10, 24, 28, 30};
constexpr std::uint32_t ipv4Family = 2;

constexpr std::uint16_t netlinkHardware = 824; // ARPHRD_NETLINK: the protocol is no EtherType

std::uint32_t swapped(std::uint32_t value)
{
    return value << 24 | (value & 0xff00) << 8 | (value >> 8 & 0xff00) | value >> 24;
}

} // namespace

void Decoder::ethernet(ByteView bytes)
{
    if (!mayRead("Ethernet", 14, bytes))
        return;
    const FixedPart<14> fixed(bytes);
    auto& header = add<EthernetHeader>();
    fixed.octets<0>(header.destination.octets);
    fixed.octets<6>(header.source.octets);
    header.etherType = fixed.u16<12>();
    byEtherType(fixed.u16<12>(), bytes.subspan(14));
}

void Decoder::linuxCooked(ByteView bytes)
{
    if (!mayRead("Linux cooked v1", 16, bytes))
        return;
    const FixedPart<16> fixed(bytes);
    auto& header = add<LinuxCookedHeader>();
    header.packetType = fixed.u16<0>();
    header.hardwareType = fixed.u16<2>();
    header.addressLength = fixed.u16<4>();
    fixed.octets<6>(header.address);
    header.protocol = fixed.u16<14>();
    cookedBody(header.hardwareType, fixed.u16<14>(), bytes.subspan(16));
}

void Decoder::linuxCooked2(ByteView bytes)
{
    if (!mayRead("Linux cooked v2", 20, bytes))
        return;
    const FixedPart<20> fixed(bytes);
    auto& header = add<LinuxCooked2Header>();
    header.protocol = fixed.u16<0>();
    header.reserved = fixed.u16<2>();
    header.interfaceIndex = fixed.u32<4>();
    header.hardwareType = fixed.u16<8>();
    header.packetType = fixed.u8<10>();
    header.addressLength = fixed.u8<11>();
    fixed.octets<12>(header.address);
    cookedBody(header.hardwareType, fixed.u16<0>(), bytes.subspan(20));
}

/// The protocol is an EtherType but for some devices, and for frames of IEEE 802.2.
void Decoder::cookedBody(std::uint16_t hardwareType, std::uint16_t type, ByteView bytes)
{
    if (hardwareType == netlinkHardware || type < EtherType::smallest)
        return payload(bytes);
    byEtherType(type, bytes);
}

void Decoder::loopback(ByteView bytes)
{
    if (!mayRead("BSD loopback", 4, bytes))
        return;
    const std::uint32_t value = FixedPart<4>(bytes).u32<0>();
    auto& header = add<LoopbackHeader>();
    // Families are small numbers, so the zeros tell the byte order of the capturing machine.
    header.bigEndian = m_packet.linkType == LinkType::loop || (value != 0 && value <= 0xffff);
    header.family = header.bigEndian ? value : swapped(value);
    const std::uint32_t family = header.family;
    if (family == ipv4Family)
        return ipv4(bytes.subspan(4));
    if (std::ranges::find(ipv6Families, family) != std::end(ipv6Families))
        return ipv6(bytes.subspan(4));
    payload(bytes.subspan(4));
}

void Decoder::byEtherType(std::uint16_t type, ByteView bytes)
{
    while (announcesVlan(type))
        if (!vlan(type, bytes))
            return;
    switch (type) {
    case EtherType::ipv4:
        return ipv4(bytes);
    case EtherType::ipv6:
        return ipv6(bytes);
    case EtherType::arp:
        return arp(bytes);
    }
    if (type != 0 && type < EtherType::smallest)
        return lengthFrame(type, bytes);
    payload(bytes);
}

bool Decoder::vlan(std::uint16_t& type, ByteView& bytes)
{
    if (!mayRead("802.1Q VLAN tag", 4, bytes))
        return false;
    const FixedPart<4> fixed(bytes);
    auto& tag = add<VlanTag>();
    const std::uint16_t control = fixed.u16<0>();
    tag.priority = static_cast<std::uint8_t>(control >> 13);
    tag.dropEligible = (control & 0x1000) != 0;
    tag.identifier = control & 0xfff;
    type = fixed.u16<2>();
    tag.etherType = type;
    bytes = bytes.subspan(4);
    return true;
}

void Decoder::arp(ByteView bytes)
{
    if (!mayRead("ARP", 28, bytes))
        return;
    const FixedPart<28> fixed(bytes);
    const std::uint8_t hardwareLength = fixed.u8<4>();
    const std::uint8_t protocolLength = fixed.u8<5>();
    if (hardwareLength != 6 || protocolLength != 4)
        return rest("ARP",
            "its addresses have " + std::to_string(hardwareLength) + " and "
                + std::to_string(protocolLength)
                + " bytes; only those of 6 (MAC) and 4 (IPv4) are read",
            bytes);
    auto& packet = add<ArpPacket>();
    packet.hardwareType = fixed.u16<0>();
    packet.protocolType = fixed.u16<2>();
    packet.operation = fixed.u16<6>();
    fixed.octets<8>(packet.senderHardware.octets);
    packet.senderProtocol.value = fixed.u32<14>();
    fixed.octets<18>(packet.targetHardware.octets);
    packet.targetProtocol.value = fixed.u32<24>();
    trailer(bytes.subspan(28));
}

/// IEEE 802.3 with a length instead of a type: what exceeds the length is padding.
void Decoder::lengthFrame(std::size_t length, ByteView bytes)
{
    const ByteView content = bytes.first(std::min(length, bytes.size()));
    if (beginsWithSnap(content))
        snap(content);
    else
        payload(content);
    trailer(bytes.subspan(content.size()));
}

void Decoder::snap(ByteView bytes)
{
    if (!mayRead("LLC/SNAP", snapSize, bytes))
        return;
    const FixedPart<snapSize> fixed(bytes);
    auto& header = add<SnapHeader>();
    header.destinationSap = fixed.u8<0>();
    header.sourceSap = fixed.u8<1>();
    header.control = fixed.u8<2>();
    header.organization = std::uint32_t{fixed.u8<3>()} << 16 | fixed.u16<4>();
    header.etherType = fixed.u16<6>();
    const ByteView behind = bytes.subspan(snapSize);
    if (fixed.u16<6>() < EtherType::smallest)
        return payload(behind);
    byEtherType(fixed.u16<6>(), behind);
}

} // namespace tcpw
