// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytereader.h"
#include "packet/anomalyfinder.h"
#include "packet/computed.h"
#include "packet/protocols.h"
#include "packet/words.h"

#include <algorithm>

namespace tcpw {

namespace {

bool hasOptions(std::uint8_t type)
{
    return type == IpProtocol::hopByHop || type == IpProtocol::destinationOptions;
}

} // namespace

void AnomalyFinder::operator()(const Ipv6Header& header)
{
    if (header.version != 6)
        add("version", "version " + std::to_string(header.version) + ": an IPv6 header has 6");
    ipv6Length(header);
    nextHeader("nextHeader", header.nextHeader, automaticNextHeader(m_walk.following()));
    if (header.hopLimit == 0)
        add("hopLimit", "hop limit 0: such a packet is not to be on a link");
    if (isMulticast(IpAddress(header.source)))
        add("source", "source " + toText(header.source) + ": a sender is never a group");
    const bool follows = m_walk.following() && std::holds_alternative<Payload>(*m_walk.following());
    if (header.nextHeader.value_or(IpProtocol::noNextHeader) == IpProtocol::noNextHeader && follows)
        add("nextHeader", "next header 59: it says that nothing follows, but bytes do");
}

void AnomalyFinder::ipv6Length(const Ipv6Header& header)
{
    const std::size_t here = m_walk.covered() - m_walk.size();
    const std::size_t length = header.payloadLength.value_or(automaticLength(here));
    const std::size_t there = std::max(wireSize() - m_walk.size(), here);
    const std::string begin = "payload length " + std::to_string(length) + ": ";
    if (length == 0 && here > 0)
        add("payloadLength",
            begin + areThere(here) + ", as in a jumbogram or before a network card cuts the data");
    else if (length > there)
        add("payloadLength", begin + onlyThere(there));
    else if (length < here)
        add("payloadLength", begin + areThere(here));
}

void AnomalyFinder::operator()(const Ipv6Extension& header)
{
    const bool first = m_walk.index() > 0
        && std::holds_alternative<Ipv6Header>(m_packet.layers[m_walk.index() - 1]);
    if (header.type == IpProtocol::hopByHop && !first)
        add("", "hop-by-hop options: they stand right behind the IPv6 header or nowhere");
    const std::size_t announced = announcedSize(header);
    const std::string begin = "length of " + std::to_string(announced) + " bytes: ";
    if (announced > wireSize())
        add("length", begin + onlyThere(wireSize()));
    else if (announced != m_walk.size() && announced <= m_walk.covered())
        add("length", begin + "the header has " + std::to_string(m_walk.size()));
    nextHeader("nextHeader", header.nextHeader, automaticNextHeader(m_walk.following()));
    if (hasOptions(header.type))
        extensionOptions(header);
    if (header.type == IpProtocol::routing)
        routing(header);
}

/// The options of hop-by-hop and destination options headers (RFC 8200, section 4.2).
void AnomalyFinder::extensionOptions(const Ipv6Extension& header)
{
    if (announcedSize(header) > 2 + header.body.size())
        return;
    ByteReader reader(header.body);
    while (reader.remaining() > 0) {
        const std::uint8_t type = reader.u8();
        if (type == 0)
            continue;
        const std::uint8_t length = reader.u8();
        if (reader.failed() || length > reader.remaining()) {
            add("body",
                "option " + std::to_string(type) + ": its length " + std::to_string(length)
                    + " leads past the end of the header");
            return;
        }
        reader.skip(length);
    }
}

void AnomalyFinder::routing(const Ipv6Extension& header)
{
    if (!header.body.empty() && header.body[0] == 0)
        add("body", "routing type 0: deprecated, receivers drop it (RFC 5095)");
}

void AnomalyFinder::operator()(const Ipv6Fragment& header)
{
    if (header.reserved != 0 || header.reservedBits != 0)
        add(header.reserved != 0 ? "reserved" : "reservedBits", "reserved bits set: must be zero");
    nextHeader("nextHeader", header.nextHeader, automaticNextHeader(m_walk.following()));
    if (header.fragmentOffset != 0 || header.moreFragments)
        fragmentExtent("fragmentOffset", header.fragmentOffset, header.moreFragments,
            wireSize() - m_walk.size());
}

} // namespace tcpw
