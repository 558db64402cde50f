// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/segment.h"

namespace tcpw {

namespace {

constexpr std::size_t fixedTcpSize = 20; // RFC 9293, section 3.1
constexpr std::size_t fixedIpv6Size = 40; // RFC 8200, section 3

bool isWhole(const TcpHeader& tcp)
{
    const std::size_t present = fixedTcpSize + encodedSize(tcp.options);
    return !tcp.dataOffset || std::size_t(*tcp.dataOffset) * 4 == present;
}

/// The size of the datagram from its IP header on, as that header says; 0 when it does not, as in
/// segments that the network card was to cut (TSO) and in jumbograms.
std::size_t statedSize(const Layer& ip)
{
    if (const auto* ipv4 = std::get_if<Ipv4Header>(&ip))
        return ipv4->totalLength.value_or(0);
    const auto& ipv6 = std::get<Ipv6Header>(ip);
    const std::size_t payload = ipv6.payloadLength.value_or(0);
    return payload == 0 ? 0 : fixedIpv6Size + payload;
}

/// Data by the IP length, or by the bytes that are here where it says nothing.
std::uint32_t dataLengthOf(const Packet& packet, const Segment& segment)
{
    const auto extents = layout(packet);
    const std::size_t dataBegin
        = extents[segment.tcp].offset + encodedSize(packet.layers[segment.tcp]);
    const std::size_t headers = dataBegin - extents[segment.ip].offset;

    const std::size_t stated = statedSize(packet.layers[segment.ip]);
    if (stated != 0)
        return static_cast<std::uint32_t>(stated > headers ? stated - headers : 0);
    std::size_t size = 0;
    for (std::size_t i = segment.tcp + 1; i < packet.layers.size(); ++i)
        if (!std::holds_alternative<Trailer>(packet.layers[i]))
            size += extents[i].length;
    return static_cast<std::uint32_t>(size);
}

bool isFragment(const Layer& layer)
{
    if (const auto* ipv4 = std::get_if<Ipv4Header>(&layer))
        return ipv4->moreFragments || ipv4->fragmentOffset != 0;
    if (const auto* fragment = std::get_if<Ipv6Fragment>(&layer))
        return fragment->moreFragments || fragment->fragmentOffset != 0;
    return false;
}

} // namespace

std::optional<Segment> findSegment(const Packet& packet)
{
    Segment segment;
    bool insideIp = false;
    for (std::size_t i = 0; i < packet.layers.size(); ++i) {
        const Layer& layer = packet.layers[i];
        segment.fragment = segment.fragment || isFragment(layer);
        if (std::holds_alternative<Ipv4Header>(layer)
            || std::holds_alternative<Ipv6Header>(layer)) {
            segment.ip = i;
            insideIp = true;
        } else if (const auto* tcp = std::get_if<TcpHeader>(&layer)) {
            if (!insideIp)
                return {};
            segment.tcp = i;
            segment.headerWhole = isWhole(*tcp);
            segment.dataLength = dataLengthOf(packet, segment);
            return segment;
        } else if (std::holds_alternative<IcmpHeader>(layer)
            || std::holds_alternative<UdpHeader>(layer)) {
            return {};
        }
    }
    return {};
}

} // namespace tcpw
