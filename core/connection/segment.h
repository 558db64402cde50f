// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <optional>

namespace tcpw {

/// Where a packet's own TCP header stands (not one that an ICMP error quotes), and what is around
/// it.
struct Segment
{
    std::size_t tcp = 0; ///< index of its layer
    std::size_t ip = 0; ///< index of the IP header that carries it
    std::uint32_t dataLength = 0; ///< bytes of data, by the IP length
    bool fragment = false; ///< the IP header says that this is a piece of a datagram
    bool headerWhole = false; ///< the data offset is that of the fixed part and the options
};

/// Empty when the packet is no TCP over IP.
std::optional<Segment> findSegment(const Packet& packet);

} // namespace tcpw
