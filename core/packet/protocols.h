// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <cstdint>
#include <string_view>

namespace tcpw {

/// EtherTypes (https://www.iana.org/assignments/ieee-802-numbers).
namespace EtherType {
inline constexpr std::uint16_t ipv4 = 0x0800;
inline constexpr std::uint16_t arp = 0x0806;
inline constexpr std::uint16_t vlan = 0x8100; ///< IEEE 802.1Q
inline constexpr std::uint16_t ipv6 = 0x86dd;
inline constexpr std::uint16_t serviceVlan = 0x88a8; ///< IEEE 802.1ad
inline constexpr std::uint16_t oldServiceVlan = 0x9100; ///< before IEEE 802.1ad
inline constexpr std::uint16_t smallest = 0x0600; ///< below is a length (IEEE 802.3, 3.2.6)
} // namespace EtherType

/// Protocol numbers (https://www.iana.org/assignments/protocol-numbers).
namespace IpProtocol {
inline constexpr std::uint8_t hopByHop = 0;
inline constexpr std::uint8_t icmp = 1;
inline constexpr std::uint8_t ipv4 = 4;
inline constexpr std::uint8_t tcp = 6;
inline constexpr std::uint8_t udp = 17;
inline constexpr std::uint8_t ipv6 = 41;
inline constexpr std::uint8_t routing = 43;
inline constexpr std::uint8_t fragment = 44;
inline constexpr std::uint8_t authentication = 51;
inline constexpr std::uint8_t icmpv6 = 58;
inline constexpr std::uint8_t noNextHeader = 59;
inline constexpr std::uint8_t destinationOptions = 60;
inline constexpr std::uint8_t mobility = 135;
inline constexpr std::uint8_t hostIdentity = 139;
inline constexpr std::uint8_t shim6 = 140;
} // namespace IpProtocol

/// The size of an LLC/SNAP header in bytes (RFC 1042).
inline constexpr std::size_t snapSize = 8;
/// True when an IEEE 802.3 frame's data begins with one whose protocol numbers are EtherTypes.
bool beginsWithSnap(ByteView data);

/// True for the types that a VLAN tag follows.
bool announcesVlan(std::uint16_t etherType);

/// True for the protocol numbers of Ipv6Extension.
bool isExtension(std::uint8_t nextHeader);

/// The registry's name: "IPv4", "LLDP", ...; "" when unknown.
std::string_view etherTypeName(std::uint16_t etherType);

/// The registry's name: "TCP", "ESP", "OSPF", ...; "" when unknown.
std::string_view protocolName(std::uint8_t protocol);

/// The service that IANA's registry or custom gives to a port: "HTTP"; "" when there is none.
std::string_view serviceName(std::uint16_t port);

} // namespace tcpw
