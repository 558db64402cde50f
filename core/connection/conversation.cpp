// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/conversation.h"

#include "base/bytereader.h"
#include "connection/segment.h"
#include "packet/summary.h"

namespace tcpw {

namespace {

struct Ports
{
    std::uint16_t source = 0;
    std::uint16_t destination = 0;
};

Conversation between(const Layer& ip, Ports ports)
{
    if (const auto* ipv4 = std::get_if<Ipv4Header>(&ip))
        return makeConversation(
            {ipv4->source, ports.source}, {ipv4->destination, ports.destination});
    const auto& ipv6 = std::get<Ipv6Header>(ip);
    return makeConversation({ipv6.source, ports.source}, {ipv6.destination, ports.destination});
}

std::optional<Conversation> ownConversation(const Packet& packet)
{
    const auto segment = findSegment(packet);
    if (!segment)
        return {};
    const auto& tcp = std::get<TcpHeader>(packet.layers[segment->tcp]);
    return between(packet.layers[segment->ip], {tcp.sourcePort, tcp.destinationPort});
}

/// An ICMP error may quote only the first eight bytes of a segment (RFC 792), which hold its ports.
std::optional<Conversation> cutConversation(const Packet& quoted)
{
    const Layer* ip = nullptr;
    for (const Layer& layer : quoted.layers) {
        if (std::holds_alternative<Ipv4Header>(layer) || std::holds_alternative<Ipv6Header>(layer))
            ip = &layer;
        const auto* rest = std::get_if<Rest>(&layer);
        if (!rest || !ip)
            continue;
        ByteReader reader(rest->bytes);
        const Ports ports{reader.u16(), reader.u16()};
        if (rest->wanted == "TCP" && !reader.failed())
            return between(*ip, ports);
        return {};
    }
    return {};
}

} // namespace

Conversation makeConversation(const Endpoint& a, const Endpoint& b)
{
    return a < b ? Conversation{a, b} : Conversation{b, a};
}

std::optional<Conversation> conversationOf(const Packet& packet)
{
    if (auto own = ownConversation(packet))
        return own;
    const auto quoted = quotedPacket(packet);
    if (!quoted)
        return {};
    const auto whole = ownConversation(*quoted);
    return whole ? whole : cutConversation(*quoted);
}

} // namespace tcpw
