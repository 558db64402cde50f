// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/conversation.h"

#include "connection/segment.h"
#include "packet/ipextent.h"
#include "packet/summary.h"

namespace tcpw {

namespace {

Conversation between(const Layer& ip, const TcpHeader& tcp)
{
    if (const auto* ipv4 = std::get_if<Ipv4Header>(&ip))
        return makeConversation(
            {ipv4->source, tcp.sourcePort}, {ipv4->destination, tcp.destinationPort});
    const auto& ipv6 = std::get<Ipv6Header>(ip);
    return makeConversation({ipv6.source, tcp.sourcePort}, {ipv6.destination, tcp.destinationPort});
}

std::optional<Conversation> ownConversation(const Packet& packet)
{
    const auto segment = findSegment(packet);
    if (!segment)
        return {};
    return between(packet.layers[segment->ip], std::get<TcpHeader>(packet.layers[segment->tcp]));
}

/// An ICMP error may quote only the first eight bytes of a segment (RFC 792), which hold its ports.
std::optional<Conversation> cutConversation(const Packet& quoted)
{
    const Summary summary = summarize(quoted, encodedSize(quoted));
    if (summary.protocol != "TCP" || !summary.hasPorts || !summary.source || !summary.destination)
        return {};
    return makeConversation(
        {*summary.source, summary.sourcePort}, {*summary.destination, summary.destinationPort});
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
