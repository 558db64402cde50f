// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"

#include <cstdint>

namespace tcpw {

inline constexpr std::int64_t nanosecondsPerSecond = 1'000'000'000;

/// How the time stamps of a pcapng interface count (options if_tsresol and if_tsoffset).
struct TimeScale
{
    bool binary = false; ///< units of 2^-exponent seconds instead of 10^-exponent
    std::uint8_t exponent = 6; ///< 0 to 127
    std::int64_t offset = 0; ///< in seconds, added to every time stamp

    static TimeScale fromOption(std::uint8_t resolution);

    /// Nanoseconds since 1970; what lies outside of latestTime becomes it, or as much before 1970.
    std::int64_t toNanoseconds(std::uint64_t timestamp) const;
};

} // namespace tcpw
