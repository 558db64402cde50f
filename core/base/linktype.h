// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>
#include <string>

namespace tcpw {

/// What the first byte of a captured packet begins: the numbers of the LINKTYPE_ registry
/// (https://www.tcpdump.org/linktypes.html), as capture files store them. Any number is allowed;
/// those named here are decoded.
enum class LinkType : std::uint16_t
{
    null = 0, ///< BSD loopback, family in the capturing machine's byte order
    ethernet = 1,
    raw = 101, ///< IPv4 or IPv6, told apart by the version
    loop = 108, ///< OpenBSD loopback, family in network byte order
    linuxCooked = 113,
    ipv4 = 228,
    ipv6 = 229,
    linuxCooked2 = 276,
};

/// The registry's name, such as "Ethernet" or "IEEE 802.11 wireless LAN"; "link type 999" if
/// unknown.
std::string linkTypeName(LinkType type);

} // namespace tcpw
