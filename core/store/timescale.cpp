// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/timescale.h"

#include <algorithm>

namespace tcpw {

namespace {

__extension__ using Wide = __int128;

constexpr std::uint64_t powerOfTen(unsigned exponent)
{
    std::uint64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

/// Below 2^94 for every time stamp, so that the sum with an offset fits as well.
Wide scaled(std::uint64_t timestamp, bool binary, unsigned exponent)
{
    if (binary)
        return static_cast<Wide>(timestamp) * nanosecondsPerSecond >> exponent;
    if (exponent <= 9)
        return static_cast<Wide>(timestamp) * powerOfTen(9 - exponent);
    constexpr unsigned largestPower = 19; // of ten that 64 bits hold
    return exponent - 9 <= largestPower ? timestamp / powerOfTen(exponent - 9) : 0;
}

} // namespace

TimeScale TimeScale::fromOption(std::uint8_t resolution)
{
    TimeScale scale;
    scale.binary = (resolution & 0x80) != 0;
    scale.exponent = resolution & 0x7f;
    return scale;
}

std::int64_t TimeScale::toNanoseconds(std::uint64_t timestamp) const
{
    const Wide sum
        = scaled(timestamp, binary, exponent) + static_cast<Wide>(offset) * nanosecondsPerSecond;
    return static_cast<std::int64_t>(std::clamp<Wide>(sum, -latestTime, latestTime));
}

} // namespace tcpw
