// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/computed.h"
#include "packet/decoder.h"

#include <algorithm>

namespace tcpw {

Packet decode(ByteView bytes, LinkType linkType, DecodeLimits limits)
{
    Decoder decoder(linkType, limits);
    decoder.read(bytes);
    Packet packet = decoder.take();
    clearComputed(packet, bytes);
    return packet;
}

Decoder::Decoder(LinkType linkType, DecodeLimits limits)
    : m_maximumLayers(static_cast<std::size_t>(std::max(limits.maximumLayers, 0)))
{
    constexpr std::size_t usualLayers = 5;
    m_packet.linkType = linkType;
    m_packet.layers.reserve(usualLayers);
}

void Decoder::read(ByteView bytes)
{
    switch (m_packet.linkType) {
    case LinkType::ethernet:
        return ethernet(bytes);
    case LinkType::linuxCooked:
        return linuxCooked(bytes);
    case LinkType::linuxCooked2:
        return linuxCooked2(bytes);
    case LinkType::null:
    case LinkType::loop:
        return loopback(bytes);
    case LinkType::raw:
        return rawIp(bytes);
    case LinkType::ipv4:
        return ipv4(bytes);
    case LinkType::ipv6:
        return ipv6(bytes);
    }
    const std::string name = linkTypeName(m_packet.linkType);
    rest(name, "packets of this link type are not decoded", bytes);
}

void Decoder::payload(ByteView bytes)
{
    if (!bytes.empty())
        add<Payload>().bytes.assign(bytes.begin(), bytes.end());
}

void Decoder::trailer(ByteView bytes)
{
    if (!bytes.empty())
        add<Trailer>().bytes.assign(bytes.begin(), bytes.end());
}

void Decoder::rest(std::string_view wanted, std::string why, ByteView bytes)
{
    auto& rest = add<Rest>();
    rest.wanted = wanted;
    rest.why = std::move(why);
    rest.bytes.assign(bytes.begin(), bytes.end());
}

void Decoder::refuse(std::string_view wanted, std::size_t fixedPart, const Body& body)
{
    if (m_packet.layers.size() >= m_maximumLayers)
        return rest(wanted,
            "it is header " + std::to_string(m_maximumLayers + 1) + "; no more than "
                + std::to_string(m_maximumLayers) + " are read",
            body.bytes);
    const char* const where = body.isFragment ? "are in this fragment"
        : body.announced > body.bytes.size()  ? "were captured"
                                              : "are there";
    rest(wanted,
        "only " + std::to_string(body.bytes.size()) + " of the " + std::to_string(fixedPart)
            + " bytes its header needs " + where,
        body.bytes);
}

} // namespace tcpw
