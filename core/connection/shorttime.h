// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

namespace tcpw {

/// A length of time in few bits: `digits` of a number, and above them five of how far it is
/// shifted. Negative ones become 0, what is too long the longest.
template <int digits> constexpr std::uint32_t shortenTime(std::int64_t nanoseconds)
{
    constexpr std::uint64_t most = ((std::uint64_t{1} << digits) - 1) << 31;
    const auto value
        = std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds, 0)), most);
    const int shift = std::max(static_cast<int>(std::bit_width(value)) - digits, 0);
    return static_cast<std::uint32_t>(value >> shift | std::uint64_t(shift) << digits);
}

/// The nanoseconds that shortenTime() was given, to so many binary digits.
template <int digits> constexpr std::int64_t lengthenTime(std::uint32_t code)
{
    return std::int64_t(code & ((1u << digits) - 1)) << (code >> digits);
}

} // namespace tcpw
