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
    ByteReader reader(bytes);
    auto& header = add<EthernetHeader>();
    header.destination = readMac(reader);
    header.source = readMac(reader);
    const std::uint16_t type = reader.u16();
    header.etherType = type;
    byEtherType(type, reader.rest());
}

void Decoder::linuxCooked(ByteView bytes)
{
    if (!mayRead("Linux cooked v1", 16, bytes))
        return;
    ByteReader reader(bytes);
    auto& header = add<LinuxCookedHeader>();
    header.packetType = reader.u16();
    header.hardwareType = reader.u16();
    header.addressLength = reader.u16();
    std::ranges::copy(reader.take(header.address.size()), header.address.begin());
    const std::uint16_t type = reader.u16();
    header.protocol = type;
    if (header.hardwareType == netlinkHardware || type < EtherType::smallest)
        return payload(reader.rest());
    byEtherType(type, reader.rest());
}

void Decoder::linuxCooked2(ByteView bytes)
{
    if (!mayRead("Linux cooked v2", 20, bytes))
        return;
    ByteReader reader(bytes);
    auto& header = add<LinuxCooked2Header>();
    const std::uint16_t type = reader.u16();
    header.protocol = type;
    header.reserved = reader.u16();
    header.interfaceIndex = reader.u32();
    header.hardwareType = reader.u16();
    header.packetType = reader.u8();
    header.addressLength = reader.u8();
    std::ranges::copy(reader.take(header.address.size()), header.address.begin());
    if (header.hardwareType == netlinkHardware || type < EtherType::smallest)
        return payload(reader.rest());
    byEtherType(type, reader.rest());
}

void Decoder::loopback(ByteView bytes)
{
    if (!mayRead("BSD loopback", 4, bytes))
        return;
    ByteReader reader(bytes);
    auto& header = add<LoopbackHeader>();
    const std::uint32_t value = reader.u32();
    // Families are small numbers, so the zeros tell the byte order of the capturing machine.
    header.bigEndian = m_packet.linkType == LinkType::loop || (value != 0 && value <= 0xffff);
    header.family = header.bigEndian ? value : swapped(value);
    const std::uint32_t family = header.family;
    if (family == ipv4Family)
        return ipv4(reader.rest());
    if (std::ranges::find(ipv6Families, family) != std::end(ipv6Families))
        return ipv6(reader.rest());
    payload(reader.rest());
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
    ByteReader reader(bytes);
    auto& tag = add<VlanTag>();
    const std::uint16_t control = reader.u16();
    tag.priority = static_cast<std::uint8_t>(control >> 13);
    tag.dropEligible = (control & 0x1000) != 0;
    tag.identifier = control & 0xfff;
    type = reader.u16();
    tag.etherType = type;
    bytes = reader.rest();
    return true;
}

void Decoder::arp(ByteView bytes)
{
    if (!mayRead("ARP", 28, bytes))
        return;
    ByteReader reader(bytes);
    ArpPacket packet;
    packet.hardwareType = reader.u16();
    packet.protocolType = reader.u16();
    packet.hardwareLength = reader.u8();
    packet.protocolLength = reader.u8();
    packet.operation = reader.u16();
    if (packet.hardwareLength != 6 || packet.protocolLength != 4)
        return rest("ARP",
            "its addresses have " + std::to_string(packet.hardwareLength) + " and "
                + std::to_string(packet.protocolLength)
                + " bytes; only those of 6 (MAC) and 4 (IPv4) are read",
            bytes);
    packet.senderHardware = readMac(reader);
    packet.senderProtocol.value = reader.u32();
    packet.targetHardware = readMac(reader);
    packet.targetProtocol.value = reader.u32();
    add<ArpPacket>() = packet;
    trailer(reader.rest());
}

/// IEEE 802.3 with a length instead of a type: what exceeds the length is padding.
void Decoder::lengthFrame(std::size_t length, ByteView bytes)
{
    payload(bytes.first(std::min(length, bytes.size())));
    trailer(bytes.subspan(std::min(length, bytes.size())));
}

} // namespace tcpw
