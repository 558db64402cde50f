// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytereader.h"
#include "packet/packet.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace tcpw {

/// Reads one packet header by header into a stack of layers, every field as it was found.
/// Each step goes on to the next header and so on to the last byte; nothing is left out.
class Decoder
{
public:
    Decoder(LinkType linkType, DecodeLimits limits);

    /// Reads all bytes of the packet, from its link header on.
    void read(ByteView bytes);
    Packet take() { return std::move(m_packet); }

private:
    /// What a header carries: the bytes that are here, and how many its length announces. The
    /// first fragment of a packet announces no end: what is missing is in the others.
    struct Body
    {
        ByteView bytes;
        std::size_t announced = 0;
        bool isFragment = false;
    };

    // decode_link.cpp
    void ethernet(ByteView bytes);
    void linuxCooked(ByteView bytes);
    void linuxCooked2(ByteView bytes);
    void loopback(ByteView bytes);
    void byEtherType(std::uint16_t type, ByteView bytes);
    bool vlan(std::uint16_t& type, ByteView& bytes);
    void arp(ByteView bytes);
    void lengthFrame(std::size_t length, ByteView bytes);

    // decode_internet.cpp
    void rawIp(ByteView bytes);
    void ipv4(ByteView bytes);
    void ipv4Body(const Ipv4Header& header, ByteView bytes);
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

    void payload(ByteView bytes);
    void trailer(ByteView bytes);
    void rest(std::string_view wanted, std::string why, ByteView bytes);
    /// False when the header's fixed part is not whole, or is one too many; it is then in a Rest.
    bool mayRead(std::string_view wanted, std::size_t fixedPart, const Body& body)
    {
        if (body.bytes.size() >= fixedPart && m_packet.layers.size() < m_maximumLayers)
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
        return std::get<Header>(m_packet.layers.emplace_back(std::in_place_type<Header>));
    }

    Packet m_packet;
    std::size_t m_maximumLayers;
};

/// Fills `octets`, from the front when there are fewer bytes.
template <std::size_t size>
void readOctets(ByteReader& reader, std::array<std::uint8_t, size>& octets)
{
    if (const ByteView bytes = reader.take(size); bytes.size() == size)
        std::memcpy(octets.data(), bytes.data(), size);
    else
        std::ranges::copy(bytes, octets.begin());
}

inline MacAddress readMac(ByteReader& reader)
{
    MacAddress address;
    readOctets(reader, address.octets);
    return address;
}

inline Ipv6Address readIpv6(ByteReader& reader)
{
    Ipv6Address address;
    readOctets(reader, address.octets);
    return address;
}

} // namespace tcpw
