// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/decoder.h"
#include "packet/visitlayer.h"

#include <algorithm>

namespace tcpw {

Packet decode(ByteView bytes, LinkType linkType, DecodeLimits limits)
{
    Packet packet;
    decode(bytes, linkType, packet, limits);
    return packet;
}

void decode(ByteView bytes, LinkType linkType, Packet& packet, DecodeLimits limits)
{
    Decoder(packet, linkType, limits).read(bytes);
}

Decoder::Decoder(Packet& packet, LinkType linkType, DecodeLimits limits)
    : m_packet(packet)
    , m_maximumLayers(static_cast<std::size_t>(std::max(limits.maximumLayers, 0)))
{
    constexpr std::size_t usualLayers = 5;
    std::vector<Layer>& layers = m_packet.layers;
    if (!layers.empty())
        if (auto* const payload = std::get_if<Payload>(&layers.back()))
            m_spare = std::move(payload->bytes);
    layers.clear();
    layers.reserve(usualLayers);
    m_packet.linkType = linkType;
}

void Decoder::read(ByteView bytes)
{
    link(bytes);
    settleTypes();
}

void Decoder::link(ByteView bytes)
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

namespace {

template <typename Number> void clear(std::optional<Number>& field, Number automatic)
{
    if (field == automatic)
        field.reset();
}

/// Empties what announces the next layer, in the layers that have such a field.
struct Settle
{
    void operator()(EthernetHeader& header) const { type(header.etherType); }
    void operator()(VlanTag& tag) const { type(tag.etherType); }
    void operator()(SnapHeader& header) const { type(header.etherType); }
    void operator()(LinuxCookedHeader& header) const { type(header.protocol); }
    void operator()(LinuxCooked2Header& header) const { type(header.protocol); }
    void operator()(Ipv4Header& header) const { clear(header.protocol, automaticProtocol(next)); }
    void operator()(Ipv6Header& header) const { nextHeader(header.nextHeader); }
    void operator()(Ipv6Extension& header) const { nextHeader(header.nextHeader); }
    void operator()(Ipv6Fragment& header) const { nextHeader(header.nextHeader); }
    template <typename Other> void operator()(Other&) const { }

    void type(std::optional<std::uint16_t>& field) const { clear(field, automaticEtherType(next)); }
    void nextHeader(std::optional<std::uint8_t>& field) const
    {
        clear(field, automaticNextHeader(next));
    }

    const Layer* next;
};

} // namespace

void Decoder::settleTypes()
{
    const Layer* next = nullptr;
    for (auto layer = m_packet.layers.rbegin(); layer != m_packet.layers.rend(); ++layer) {
        visitLayer(Settle{next}, *layer);
        next = &*layer;
    }
}

/// The sum that the checksum of the header that is being read begins with.
OnesComplement Decoder::pseudoHeader(std::uint8_t protocol, const Body& body) const
{
    if (m_addresses.empty())
        return pseudoHeaderSum(
            m_packet.layers, m_packet.layers.size() - 1, protocol, body.bytes.size());
    OnesComplement sum;
    sum.add(m_addresses);
    sum.addNumber(std::uint16_t{protocol});
    sum.addNumber(static_cast<std::uint32_t>(body.bytes.size()));
    return sum;
}

void Decoder::payload(ByteView bytes)
{
    if (bytes.empty())
        return;
    Bytes& target = add<Payload>().bytes;
    target = std::move(m_spare);
    target.assign(bytes.begin(), bytes.end());
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
    if (m_headers >= m_maximumLayers)
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
