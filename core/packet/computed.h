// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/onescomplement.h"
#include "packet/packet.h"
#include "packet/protocols.h"

#include <algorithm>

/// What encode() writes into a computed field that is empty; decode() leaves a field empty when it
/// finds the same.
namespace tcpw {

/// The type that announces `next`: 0x8100, 0x0806, 0x0800 or 0x86dd; 0 when nothing known follows.
inline std::uint16_t automaticEtherType(const Layer* next)
{
    if (!next)
        return 0;
    if (std::holds_alternative<Ipv4Header>(*next))
        return EtherType::ipv4;
    if (std::holds_alternative<Ipv6Header>(*next))
        return EtherType::ipv6;
    if (std::holds_alternative<ArpPacket>(*next))
        return EtherType::arp;
    if (std::holds_alternative<VlanTag>(*next))
        return EtherType::vlan;
    return 0;
}

/// The protocol that announces `next`; 0 when nothing known follows.
std::uint8_t automaticProtocol(const Layer* next);

/// The same for IPv6: 59, "no next header", when nothing known follows.
std::uint8_t automaticNextHeader(const Layer* next);

/// A header's size in 32-bit words, rounded up; 15 at most, which is all the field can say.
inline std::uint8_t automaticHeaderWords(std::size_t headerSize)
{
    return static_cast<std::uint8_t>(std::min<std::size_t>((headerSize + 3) / 4, 15));
}

/// The length byte of an extension header (RFC 8200, section 4.2; RFC 4302, section 2.2), rounded
/// up to whole units; 255 at most.
std::uint8_t automaticExtensionLength(const Ipv6Extension& extension);

/// A length in bytes; 0 when 16 bits cannot say it, as Linux and RFC 2675 do.
inline std::uint16_t automaticLength(std::size_t bytes)
{
    return bytes > 0xffff ? std::uint16_t{0} : static_cast<std::uint16_t>(bytes);
}

/// The bytes that an extension header has by its length field.
std::size_t announcedSize(const Ipv6Extension& extension);

/// The sum of the pseudo-header of the layer at `index` (RFC 9293, section 3.1; RFC 8200,
/// section 8.1), for `length` bytes of `protocol`, by the nearest IP header above it; nothing when
/// there is none. The destination is the last one, also where a source route has others before it.
OnesComplement pseudoHeaderSum(
    const std::vector<Layer>& layers, std::size_t index, std::uint8_t protocol, std::size_t length);

/// True when the nearest IP header above the layer at `index` is one of IPv6.
bool isOverIpv6(const std::vector<Layer>& layers, std::size_t index);

/// The checksum that makes the bytes `covered`, with the field at `position` in them, and what
/// `sum` holds already, sum up to all ones.
inline std::uint16_t checksumOf(ByteView covered, std::size_t position, OnesComplement sum = {})
{
    sum.add(covered.first(position));
    sum.add(covered.subspan(position + 2));
    return static_cast<std::uint16_t>(~sum.folded());
}

/// The same for UDP, where zero would say that there is none (RFC 768).
inline std::uint16_t udpChecksumOf(ByteView covered, OnesComplement sum)
{
    const std::uint16_t checksum = checksumOf(covered, 6, sum);
    return checksum == 0 ? std::uint16_t{0xffff} : checksum;
}

/// The protocol number in the pseudo-header of a layer; 0 when its checksum covers none.
inline std::uint8_t pseudoHeaderProtocol(const Layer& layer)
{
    if (std::holds_alternative<TcpHeader>(layer))
        return IpProtocol::tcp;
    if (std::holds_alternative<UdpHeader>(layer))
        return IpProtocol::udp;
    const auto* icmp = std::get_if<IcmpHeader>(&layer);
    return icmp && icmp->version6 ? IpProtocol::icmpv6 : std::uint8_t{0};
}

/// Where a layer's checksum lies in it, in bytes; empty for a layer that has none.
inline std::optional<std::size_t> checksumPosition(const Layer& layer)
{
    if (std::holds_alternative<TcpHeader>(layer))
        return 16;
    if (std::holds_alternative<Ipv4Header>(layer))
        return 10;
    if (std::holds_alternative<UdpHeader>(layer))
        return 6;
    if (std::holds_alternative<IcmpHeader>(layer))
        return 2;
    return std::nullopt;
}

/// The checksum field of a layer that has one, else null.
inline const std::optional<std::uint16_t>* checksumField(const Layer& layer)
{
    if (const auto* tcp = std::get_if<TcpHeader>(&layer))
        return &tcp->checksum;
    if (const auto* ipv4 = std::get_if<Ipv4Header>(&layer))
        return &ipv4->headerChecksum;
    if (const auto* udp = std::get_if<UdpHeader>(&layer))
        return &udp->checksum;
    const auto* icmp = std::get_if<IcmpHeader>(&layer);
    return icmp ? &icmp->checksum : nullptr;
}

/// The right checksum of the layer at `index`, whose bytes and all that its IP length covers behind
/// them are `covered`; what stands in the checksum field does not matter.
std::uint16_t automaticChecksum(
    const std::vector<Layer>& layers, std::size_t index, ByteView covered);

} // namespace tcpw
