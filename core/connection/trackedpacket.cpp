// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/trackedpacket.h"

#include <algorithm>
#include <bit>

namespace tcpw {

/// Eleven bits of a number and five of how far it is shifted: enough for 73 minutes to the
/// microsecond's like, and for a longer time with the same three digits.
void TrackedPacket::setElapsed(std::int64_t nanoseconds)
{
    constexpr int digits = 11;
    constexpr std::uint64_t most = 0x7ffull << 31;
    const auto value
        = std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds, 0)), most);
    const int shift = std::max(static_cast<int>(std::bit_width(value)) - digits, 0);
    elapsedCode = static_cast<std::uint16_t>(value >> shift | std::uint64_t(shift) << digits);
}

} // namespace tcpw
