// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>

/// Big-endian numbers at an address, in halves, which compilers recognise as one swapped access.
/// Only the reader and the writers use them: they have checked that the bytes are there.
namespace tcpw {

template <std::size_t size> std::uint64_t loadBigEndian(const std::uint8_t* from)
{
    if constexpr (size == 1)
        return *from;
    else
        return loadBigEndian<size / 2>(from) << size * 4 | loadBigEndian<size / 2>(from + size / 2);
}

template <std::size_t size> void storeBigEndian(std::uint8_t* target, std::uint64_t value)
{
    if constexpr (size == 1) {
        *target = static_cast<std::uint8_t>(value);
    } else {
        storeBigEndian<size / 2>(target, value >> size * 4);
        storeBigEndian<size / 2>(target + size / 2, value);
    }
}

} // namespace tcpw
