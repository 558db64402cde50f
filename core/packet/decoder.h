// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytereader.h"
#include "base/fixedpart.h"
#include "packet/computed.h"

#include <string_view>

namespace tcpw {

/// Reads one packet header by header into a stack of layers. Each step goes on to the next header
/// and so on to the last byte; nothing is left out. A computed field is left empty where the bytes
/// are what encode() writes: at once where that is known, at the end for what announces a layer.
class Decoder
{
public:
    /// Reads into `packet`, of which only the memory is used; it must outlive the decoder.
    Decoder(Packet& packet, LinkType linkType, DecodeLimits limits);

    /// Reads all bytes of the packet, from its link header on.
    void read(ByteView bytes);

private:
    /// What a header carries: the bytes that are here, and how many its length announces. The
    /// first fragment of a packet announces no end: what is missing is in the others.
    struct Body
    {
        ByteView bytes;
        std::size_t announced = 0;
        bool isFragment = false;
    };

    void link(ByteView bytes);

    // decode_link.cpp
    void ethernet(ByteView bytes);
    void linuxCooked(ByteView bytes);
    void linuxCooked2(ByteView bytes);
    void cookedBody(std::uint16_t hardwareType, std::uint16_t type, ByteView bytes);
    void loopback(ByteView bytes);
    void byEtherType(std::uint16_t type, ByteView bytes);
    bool vlan(std::uint16_t& type, ByteView& bytes);
    void arp(ByteView bytes);
    void snap(ByteView bytes);
    void lengthFrame(std::size_t length, ByteView bytes);

    // decode_internet.cpp
    void rawIp(ByteView bytes);
    void ipv4(ByteView bytes);
    void ipv4Body(Ipv4Header& header, std::size_t headerSize, std::size_t total, ByteView bytes);
    void ipv6(ByteView bytes);
    void ipv6Chain(std::uint8_t type, Body body);
    bool extension(std::uint8_t& type, Body& body);
    bool fragment(std::uint8_t& type, Body& body);

    // decode_transport.cpp
    void transport(std::uint8_t protocol, const Body& body);
    void tcp(const Body& body);
    void tcpBody(std::size_t headerSize, const Body& body);
    void udp(const Body& body);
    void icmp(bool version6, const Body& body);

    /// Empties the types, protocols and next headers that announce what really follows.
    void settleTypes();
    OnesComplement pseudoHeader(std::uint8_t protocol, const Body& body) const;

    void payload(ByteView bytes);
    void trailer(ByteView bytes);
    void rest(std::string_view wanted, std::string why, ByteView bytes);
    /// False when the header's fixed part is not whole, or is one too many; it is then in a Rest.
    bool mayRead(std::string_view wanted, std::size_t fixedPart, const Body& body)
    {
        if (body.bytes.size() >= fixedPart && m_headers < m_maximumLayers)
            return true;
        refuse(wanted, fixedPart, body);
        return false;
    }
    bool mayRead(std::string_view wanted, std::size_t fixedPart, ByteView bytes)
    {
        return mayRead(wanted, fixedPart, Body{bytes, bytes.size()});
    }
    void refuse(std::string_view wanted, std::size_t fixedPart, const Body& body);
    template <typename Header> Header& add()
    {
        ++m_headers;
        return m_packet.add<Header>();
    }

    /// A computed field as it was found, empty when encode() would write the same.
    template <typename Number> static std::optional<Number> unless(Number automatic, Number found)
    {
        return found == automatic ? std::nullopt : std::optional(found);
    }

    Packet& m_packet;
    Bytes m_spare; ///< what the packet's payload was in before
    ByteView m_addresses; ///< of the IP header, source and destination; empty behind a source route
    std::size_t m_maximumLayers;
    std::size_t m_headers = 0; ///< how many layers there are
};

} // namespace tcpw
