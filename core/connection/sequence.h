// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>

namespace tcpw {

/// Tells whether `a` comes before `b` in sequence space, which wraps (RFC 9293, section 3.4).
/// Exactly half the space apart counts as not before.
constexpr bool comesBefore(std::uint32_t a, std::uint32_t b)
{
    return a != b && b - a < 0x8000'0000u;
}

/// The same, or `a` is `b`.
constexpr bool isAtOrBefore(std::uint32_t a, std::uint32_t b)
{
    return b - a < 0x8000'0000u;
}

} // namespace tcpw
