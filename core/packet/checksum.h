// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <cstdint>

namespace tcpw {

/// The one's complement sum of RFC 1071, not yet complemented, folded to 16 bits; an odd last byte
/// counts as the high one. `start` continues an earlier sum over an even number of bytes.
std::uint16_t onesComplementSum(ByteView bytes, std::uint16_t start = 0);

/// How a checksum in a captured packet stands.
enum class ChecksumState
{
    none, ///< there is no such field, or UDP over IPv4 leaves it out
    good,
    bad,
    offload, ///< holds the folded pseudo-header sum: a network card was to finish it
    unverified, ///< the bytes it covers are not all here: snapped, or a fragment
};

/// "good", "bad", "offload", "unverified", "none"
const char* checksumStateName(ChecksumState state);

/// The state of the checksum of layer `index` (IPv4 header, TCP, UDP, ICMP) of a decoded packet.
/// `originalLength` is the frame's length on the wire in bytes; when the capture cut off bytes that
/// the checksum covers, it is unverified.
ChecksumState checksumState(const Packet& packet, std::size_t index, std::size_t originalLength);

/// A captured packet to be edited and sent: a checksum that was not computed yet (offload) becomes
/// automatic.
Packet editable(const Packet& captured, std::size_t originalLength);

} // namespace tcpw
