// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "packet/addresses.h"
#include "packet/controlbits.h"
#include "packet/option.h"

#include <cstdint>
#include <optional>
#include <string>

/// The headers that a packet is made of, every number in host byte order. An empty optional is
/// computed when the packet is encoded. A number wider than its field on the wire is a broken
/// invariant: setField() refuses it.
namespace tcpw {

/// Ethernet II (IEEE 802.3). The type is computed from the next layer; below 1536 it is a length.
struct EthernetHeader
{
    MacAddress destination;
    MacAddress source;
    std::optional<std::uint16_t> etherType;
    friend bool operator==(const EthernetHeader&, const EthernetHeader&) = default;
};

/// IEEE 802.1Q tag, without the tag protocol identifier, which is the type of the layer before.
struct VlanTag
{
    std::uint8_t priority = 0; ///< 3 bits
    bool dropEligible = false;
    std::uint16_t identifier = 0; ///< 12 bits
    std::optional<std::uint16_t> etherType;
    friend bool operator==(const VlanTag&, const VlanTag&) = default;
};

/// IEEE 802.2 with the subnetwork access protocol, which carries an EtherType in a frame that has
/// a length instead (RFC 1042).
struct SnapHeader
{
    std::uint8_t destinationSap = 0xaa;
    std::uint8_t sourceSap = 0xaa;
    std::uint8_t control = 3; ///< unnumbered information
    std::uint32_t organization = 0; ///< 24 bits
    std::optional<std::uint16_t> etherType;
    friend bool operator==(const SnapHeader&, const SnapHeader&) = default;
};

/// Linux cooked capture, version 1 (LINKTYPE_LINUX_SLL).
struct LinuxCookedHeader
{
    std::uint16_t packetType = 0;
    std::uint16_t hardwareType = 1;
    std::uint16_t addressLength = 6;
    std::array<std::uint8_t, 8> address{};
    std::optional<std::uint16_t> protocol;
    friend bool operator==(const LinuxCookedHeader&, const LinuxCookedHeader&) = default;
};

/// Linux cooked capture, version 2 (LINKTYPE_LINUX_SLL2).
struct LinuxCooked2Header
{
    std::optional<std::uint16_t> protocol;
    std::uint16_t reserved = 0;
    std::uint32_t interfaceIndex = 0;
    std::uint16_t hardwareType = 1;
    std::uint8_t packetType = 0;
    std::uint8_t addressLength = 6;
    std::array<std::uint8_t, 8> address{};
    friend bool operator==(const LinuxCooked2Header&, const LinuxCooked2Header&) = default;
};

/// The four bytes before the packet on LINKTYPE_NULL and LINKTYPE_LOOP.
struct LoopbackHeader
{
    std::uint32_t family = 2; ///< 2 is IPv4; IPv6 is 10, 24, 28 or 30 by system
    bool bigEndian = false; ///< the byte order of the capturing machine
    friend bool operator==(const LoopbackHeader&, const LoopbackHeader&) = default;
};

/// ARP for IPv4 over Ethernet (RFC 826).
struct ArpPacket
{
    std::uint16_t hardwareType = 1;
    std::uint16_t protocolType = 0x0800;
    std::uint8_t hardwareLength = 6;
    std::uint8_t protocolLength = 4;
    std::uint16_t operation = 1; ///< 1 request, 2 reply
    MacAddress senderHardware;
    Ipv4Address senderProtocol;
    MacAddress targetHardware;
    Ipv4Address targetProtocol;
    friend bool operator==(const ArpPacket&, const ArpPacket&) = default;
};

/// IPv4 header (RFC 791).
struct Ipv4Header
{
    std::uint8_t version = 4; ///< 4 bits
    std::optional<std::uint8_t> headerLength; ///< IHL, 4 bits, in 32-bit words
    std::uint8_t dscp = 0; ///< 6 bits (RFC 2474)
    std::uint8_t ecn = 0; ///< 2 bits (RFC 3168)
    std::optional<std::uint16_t> totalLength; ///< in bytes
    std::uint16_t identification = 0;
    bool reservedFlag = false;
    bool dontFragment = true;
    bool moreFragments = false;
    std::uint16_t fragmentOffset = 0; ///< 13 bits, in units of 8 bytes
    std::uint8_t timeToLive = 64;
    std::optional<std::uint8_t> protocol;
    std::optional<std::uint16_t> headerChecksum;
    Ipv4Address source;
    Ipv4Address destination;
    Options options;
    friend bool operator==(const Ipv4Header&, const Ipv4Header&) = default;
};

/// IPv6 header (RFC 8200, section 3).
struct Ipv6Header
{
    std::uint8_t version = 6; ///< 4 bits
    std::uint8_t dscp = 0; ///< 6 bits
    std::uint8_t ecn = 0; ///< 2 bits
    std::uint32_t flowLabel = 0; ///< 20 bits
    std::optional<std::uint16_t> payloadLength; ///< in bytes, extension headers included
    std::optional<std::uint8_t> nextHeader;
    std::uint8_t hopLimit = 64;
    Ipv6Address source;
    Ipv6Address destination;
    friend bool operator==(const Ipv6Header&, const Ipv6Header&) = default;
};

/// An IPv6 extension header that has a length (RFC 8200, section 4; RFC 4302): hop-by-hop 0,
/// routing 43, authentication 51, destination options 60, mobility 135, HIP 139, shim6 140.
struct Ipv6Extension
{
    std::uint8_t type = 60; ///< its own protocol number, said by the header before
    std::optional<std::uint8_t> nextHeader;
    std::optional<std::uint8_t>
        length; ///< in 8-byte units after the first 8 (type 51: 4-byte, less 2)
    Bytes body; ///< what follows the length byte
    friend bool operator==(const Ipv6Extension&, const Ipv6Extension&) = default;
};

/// The IPv6 fragment header (RFC 8200, section 4.5).
struct Ipv6Fragment
{
    std::optional<std::uint8_t> nextHeader;
    std::uint8_t reserved = 0;
    std::uint16_t fragmentOffset = 0; ///< 13 bits, in units of 8 bytes
    std::uint8_t reservedBits = 0; ///< 2 bits
    bool moreFragments = false;
    std::uint32_t identification = 0;
    friend bool operator==(const Ipv6Fragment&, const Ipv6Fragment&) = default;
};

/// TCP header (RFC 9293, section 3.1).
struct TcpHeader
{
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::uint32_t sequenceNumber = 0;
    std::uint32_t acknowledgmentNumber = 0;
    std::optional<std::uint8_t>
        dataOffset; ///< 4 bits, in 32-bit words; empty: counted from the options
    ControlBits controlBits;
    std::uint16_t window = 64240; ///< in bytes, before scaling (RFC 7323)
    std::optional<std::uint16_t> checksum; ///< empty: computed over the pseudo-header
    std::uint16_t urgentPointer = 0;
    Options options;
    friend bool operator==(const TcpHeader&, const TcpHeader&) = default;
};

/// UDP header (RFC 768).
struct UdpHeader
{
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::optional<std::uint16_t> length; ///< in bytes, header included
    std::optional<std::uint16_t> checksum;
    friend bool operator==(const UdpHeader&, const UdpHeader&) = default;
};

/// ICMP (RFC 792) or, when `version6`, ICMPv6 (RFC 4443): the eight bytes that all messages have.
struct IcmpHeader
{
    bool version6 = false; ///< the checksum then covers a pseudo-header; not on the wire
    std::uint8_t type = 8;
    std::uint8_t code = 0;
    std::optional<std::uint16_t> checksum;
    std::uint32_t rest = 0; ///< identifier and sequence number, next-hop MTU, pointer, ... by type
    friend bool operator==(const IcmpHeader&, const IcmpHeader&) = default;
};

/// The bytes that the layers above carry and no header here describes.
struct Payload
{
    Bytes bytes;
    friend bool operator==(const Payload&, const Payload&) = default;
};

/// Bytes after what the IP length covers, such as Ethernet padding.
struct Trailer
{
    Bytes bytes;
    friend bool operator==(const Trailer&, const Trailer&) = default;
};

/// Bytes of a header of which not even the fixed part is whole, or that are not what their
/// predecessor announced.
struct Rest
{
    std::string wanted; ///< the header that was announced: "TCP"
    std::string why; ///< a sentence: "only 13 of the 20 bytes a TCP header needs were captured"
    Bytes bytes;
    friend bool operator==(const Rest&, const Rest&) = default;
};

} // namespace tcpw
