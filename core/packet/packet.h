// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/linktype.h"
#include "packet/headers.h"

#include <variant>
#include <vector>

namespace tcpw {

using Layer = std::variant<EthernetHeader, VlanTag, SnapHeader, LinuxCookedHeader,
    LinuxCooked2Header, LoopbackHeader, ArpPacket, Ipv4Header, Ipv6Header, Ipv6Extension,
    Ipv6Fragment, TcpHeader, UdpHeader, IcmpHeader, Payload, Trailer, Rest>;

/// A packet as a stack of layers, outermost first. Any stack can be encoded.
struct Packet
{
    LinkType linkType = LinkType::ethernet;
    std::vector<Layer> layers;

    /// The first layer of type T, or null.
    template <typename T> const T* find() const
    {
        for (const Layer& layer : layers)
            if (const T* found = std::get_if<T>(&layer))
                return found;
        return nullptr;
    }
    template <typename T> T* find() { return const_cast<T*>(std::as_const(*this).find<T>()); }
    /// Adds a layer of type T behind the others, to be filled in where it lies. References to those
    /// before it are no longer valid.
    template <typename T> T& add()
    {
        return std::get<T>(layers.emplace_back(std::in_place_type<T>, Make()));
    }

    friend bool operator==(const Packet&, const Packet&) = default;

private:
    /// Becomes any layer where it lies. A layer made by T() would have its room for options filled
    /// with zeros first, and one that is moved there is read again before it is written.
    struct Make
    {
        template <typename T> operator T() const
        {
            T layer;
            return layer;
        }
    };
};

/// The bytes of the packet, every computed field filled in; nothing is repaired.
Bytes encode(const Packet& packet);

/// The packet with every computed field set to the value that encode() writes.
Packet completed(const Packet& packet);

/// What is known of a frame besides its bytes when it is decoded.
struct DecodeLimits
{
    int maximumLayers = 64; ///< further headers stay bytes in a Rest
};

/// Reads any bytes; never fails. encode(decode(bytes)) == bytes. A computed field is left empty
/// exactly when its bytes are what encode() would write.
Packet decode(ByteView bytes, LinkType linkType, DecodeLimits limits = {});
/// The same into `packet`, whose layers are not needed any more, but the memory that they have; the
/// bytes must not be its own.
void decode(ByteView bytes, LinkType linkType, Packet& packet, DecodeLimits limits = {});

/// Where a layer lies in the encoded packet, in bytes.
struct Extent
{
    std::size_t offset = 0;
    std::size_t length = 0;
};

/// One extent for each layer of the packet.
std::vector<Extent> layout(const Packet& packet);

/// The size in bytes of one layer as it is encoded.
std::size_t encodedSize(const Layer& layer);

} // namespace tcpw
