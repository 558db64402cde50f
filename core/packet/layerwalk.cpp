// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/layerwalk.h"

#include "packet/visitlayer.h"

namespace tcpw {

namespace {

/// The size of one layer; options and bodies are all that varies.
struct Size
{
    std::size_t operator()(const EthernetHeader&) const { return 14; }
    std::size_t operator()(const VlanTag&) const { return 4; }
    std::size_t operator()(const SnapHeader&) const { return 8; }
    std::size_t operator()(const LinuxCookedHeader&) const { return 16; }
    std::size_t operator()(const LinuxCooked2Header&) const { return 20; }
    std::size_t operator()(const LoopbackHeader&) const { return 4; }
    std::size_t operator()(const ArpPacket&) const { return 28; }
    std::size_t operator()(const Ipv4Header& header) const
    {
        return 20 + encodedSize(header.options);
    }
    std::size_t operator()(const Ipv6Header&) const { return 40; }
    std::size_t operator()(const Ipv6Extension& header) const { return 2 + header.body.size(); }
    std::size_t operator()(const Ipv6Fragment&) const { return 8; }
    std::size_t operator()(const TcpHeader& header) const
    {
        return 20 + encodedSize(header.options);
    }
    std::size_t operator()(const UdpHeader&) const { return 8; }
    std::size_t operator()(const IcmpHeader&) const { return 8; }
    std::size_t operator()(const Payload& payload) const { return payload.bytes.size(); }
    std::size_t operator()(const Trailer& trailer) const { return trailer.bytes.size(); }
    std::size_t operator()(const Rest& rest) const { return rest.bytes.size(); }
};

} // namespace

std::size_t encodedSize(const Layer& layer)
{
    return visitLayer(Size(), layer);
}

LayerWalk::LayerWalk(const std::vector<Layer>& layers)
    : m_layers(layers)
{
    bool passedTrailer = false;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const std::size_t size = encodedSize(layers[i]);
        if (i < remembered)
            m_sizes[i] = size;
        passedTrailer = passedTrailer || std::holds_alternative<Trailer>(layers[i]);
        if (!passedTrailer)
            m_contentEnd += size;
        m_total += size;
    }
    m_size = layers.empty() ? 0 : m_sizes[0];
}

void LayerWalk::findContentEnd()
{
    m_contentEnd = m_offset;
    for (std::size_t i = m_index; i < m_layers.size(); ++i) {
        if (std::holds_alternative<Trailer>(m_layers[i]))
            return;
        m_contentEnd += sizeOf(i);
    }
}

} // namespace tcpw
