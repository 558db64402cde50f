// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/computed.h"

#include "packet/layerwalk.h"
#include "packet/visitlayer.h"

namespace tcpw {

namespace {

constexpr std::uint8_t authenticationHeader = IpProtocol::authentication;

/// Empties the computed fields of one layer but its checksum.
class Clearing
{
public:
    explicit Clearing(const LayerWalk& walk)
        : m_walk(walk)
    {
    }

    void operator()(EthernetHeader& header) const { type(header.etherType); }
    void operator()(VlanTag& header) const { type(header.etherType); }
    void operator()(LinuxCookedHeader& header) const { type(header.protocol); }
    void operator()(LinuxCooked2Header& header) const { type(header.protocol); }
    void operator()(Ipv4Header& header) const
    {
        clear(header.headerLength, automaticHeaderWords(m_walk.size()));
        clear(header.totalLength, automaticLength(m_walk.covered()));
        clear(header.protocol, automaticProtocol(m_walk.following()));
    }
    void operator()(Ipv6Header& header) const
    {
        clear(header.payloadLength, automaticLength(m_walk.covered() - m_walk.size()));
        clear(header.nextHeader, automaticNextHeader(m_walk.following()));
    }
    void operator()(Ipv6Extension& header) const
    {
        clear(header.nextHeader, automaticNextHeader(m_walk.following()));
        clear(header.length, automaticExtensionLength(header));
    }
    void operator()(Ipv6Fragment& header) const
    {
        clear(header.nextHeader, automaticNextHeader(m_walk.following()));
    }
    void operator()(TcpHeader& header) const
    {
        clear(header.dataOffset, automaticHeaderWords(m_walk.size()));
    }
    void operator()(UdpHeader& header) const
    {
        clear(header.length, automaticLength(m_walk.covered()));
    }
    template <typename Other> void operator()(Other&) const { }

private:
    template <typename Number> static void clear(std::optional<Number>& field, Number automatic)
    {
        if (field == automatic)
            field.reset();
    }
    void type(std::optional<std::uint16_t>& field) const
    {
        clear(field, automaticEtherType(m_walk.following()));
    }

    const LayerWalk& m_walk;
};

} // namespace

std::uint8_t automaticProtocol(const Layer* next)
{
    if (!next)
        return 0;
    if (std::holds_alternative<TcpHeader>(*next))
        return IpProtocol::tcp;
    if (std::holds_alternative<UdpHeader>(*next))
        return IpProtocol::udp;
    if (const auto* icmp = std::get_if<IcmpHeader>(next))
        return icmp->version6 ? IpProtocol::icmpv6 : IpProtocol::icmp;
    if (const auto* extension = std::get_if<Ipv6Extension>(next))
        return extension->type;
    if (std::holds_alternative<Ipv6Fragment>(*next))
        return IpProtocol::fragment;
    if (std::holds_alternative<Ipv4Header>(*next))
        return IpProtocol::ipv4;
    if (std::holds_alternative<Ipv6Header>(*next))
        return IpProtocol::ipv6;
    return 0;
}

std::uint8_t automaticNextHeader(const Layer* next)
{
    if (const auto* extension = next ? std::get_if<Ipv6Extension>(next) : nullptr)
        return extension->type;
    const std::uint8_t protocol = automaticProtocol(next);
    return protocol == 0 ? IpProtocol::noNextHeader : protocol;
}

std::uint8_t automaticExtensionLength(const Ipv6Extension& extension)
{
    const std::size_t unit = extension.type == authenticationHeader ? 4 : 8;
    const std::size_t uncounted = extension.type == authenticationHeader ? 2 : 1;
    const std::size_t units = (2 + extension.body.size() + unit - 1) / unit;
    return static_cast<std::uint8_t>(
        std::min<std::size_t>(std::max(units, uncounted) - uncounted, 255));
}

std::size_t announcedSize(const Ipv6Extension& extension)
{
    const std::size_t length = extension.length.value_or(automaticExtensionLength(extension));
    return extension.type == authenticationHeader ? (length + 2) * 4 : (length + 1) * 8;
}

void clearComputed(Packet& packet, ByteView bytes)
{
    std::vector<Layer>& layers = packet.layers;
    for (LayerWalk walk(layers); !walk.atEnd(); walk.next()) {
        Layer& layer = layers[walk.index()];
        visitLayer(Clearing(walk), layer);
        const auto* field = checksumField(layer);
        if (!field)
            continue;
        const ByteView covered = bytes.subspan(walk.offset(), walk.covered());
        if (**field == automaticChecksum(layers, walk.index(), covered))
            const_cast<std::optional<std::uint16_t>*>(field)->reset();
    }
}

} // namespace tcpw
