// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/connectionsides.h"

#include "connection/segment.h"

#include <utility>

namespace tcpw {

namespace {

struct Way
{
    Endpoint from;
    Endpoint to;
};

std::optional<Way> wayOf(const Packet& packet)
{
    const auto segment = findSegment(packet);
    if (!segment)
        return {};
    const auto& tcp = std::get<TcpHeader>(packet.layers[segment->tcp]);
    const Layer& ip = packet.layers[segment->ip];
    if (const auto* ipv4 = std::get_if<Ipv4Header>(&ip))
        return Way{{ipv4->source, tcp.sourcePort}, {ipv4->destination, tcp.destinationPort}};
    const auto& ipv6 = std::get<Ipv6Header>(ip);
    return Way{{ipv6.source, tcp.sourcePort}, {ipv6.destination, tcp.destinationPort}};
}

std::optional<ConnectionSides> sidesOf(
    const Endpoint& ours, const Endpoint& peer, const ConnectionInfo& connection)
{
    const EndInfo& initiator = connection.initiator;
    const EndInfo& responder = connection.responder;
    if (initiator.endpoint == peer && responder.endpoint == ours)
        return ConnectionSides{responder, initiator};
    if (initiator.endpoint == ours && responder.endpoint == peer)
        return ConnectionSides{initiator, responder};
    return {};
}

} // namespace

std::optional<ConnectionSides> sidesOfReceived(
    const Packet& received, const ConnectionInfo& connection)
{
    const auto way = wayOf(received);
    return way ? sidesOf(way->to, way->from, connection) : std::nullopt;
}

std::optional<ConnectionSides> sidesOfSent(const Packet& sent, const ConnectionInfo& connection)
{
    const auto way = wayOf(sent);
    return way ? sidesOf(way->from, way->to, connection) : std::nullopt;
}

} // namespace tcpw
