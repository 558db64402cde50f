// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/checksum.h"
#include "packet/packet.h"

#include <optional>
#include <string>

namespace tcpw {

/// What a row of the packet list says of a packet; no text is made before somebody asks.
/// The TCP fields are those of the outermost TCP header that is not quoted in an ICMP error.
struct Summary
{
    std::optional<IpAddress> source; ///< of the outermost IP header, else of ARP
    std::optional<IpAddress> destination;
    MacAddress sourceMac; ///< zero where the link type has none
    MacAddress destinationMac;
    std::string protocol; ///< "TCP", "UDP", "ICMP", "ICMPv6", "ARP", "IPv4", "0x88cc", ...
    bool hasPorts = false; ///< of TCP or UDP, even where the header is cut off behind them
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    bool isTcp = false; ///< the fields below mean something
    bool headerWhole = false; ///< the data offset is at least 5 and within the segment
    bool isFragment = false; ///< of an IP packet; the payload's length is then that of this part
    ControlBits controlBits;
    std::uint32_t sequenceNumber = 0;
    std::uint32_t acknowledgmentNumber = 0;
    std::uint16_t window = 0; ///< not scaled
    std::uint32_t payloadLength = 0; ///< bytes of data, by the IP length
    Bytes optionBytes; ///< the option space as captured
    Options options;
    ChecksumState checksum = ChecksumState::none; ///< of the TCP, UDP or ICMP header
    std::uint32_t originalLength = 0; ///< bytes on the wire
};

Summary summarize(const Packet& packet, std::size_t originalLength);

/// The packet that an ICMP or ICMPv6 error quotes (RFC 792, RFC 4443, section 3), as decoded raw
/// IP; empty when this packet is no such error.
std::optional<Packet> quotedPacket(const Packet& packet);

/// One line about the packet for the Info column, without numbers that have a column of their own:
/// "asks for a connection, MSS 1460", "ARP: who has 192.168.56.102? tell 192.168.56.101",
/// "ICMP port unreachable, about TCP 192.168.56.101:40000 to 192.168.56.102:8081".
std::string describe(const Packet& packet, std::size_t originalLength);

} // namespace tcpw
