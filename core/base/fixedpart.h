// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bigendian.h"
#include "base/bytes.h"

#include <array>
#include <cassert>
#include <cstring>

namespace tcpw {

/// The fixed part of a header, of which somebody has made sure that it is whole: numbers are read
/// by their place in bytes, as the RFCs draw them, and a place outside does not compile.
template <std::size_t size> class FixedPart
{
public:
    /// The first bytes of `bytes`, which must be `size` or more.
    explicit FixedPart(ByteView bytes)
        : m_bytes(bytes.data())
    {
        assert(bytes.size() >= size);
    }

    template <std::size_t at> std::uint8_t u8() const
    {
        return static_cast<std::uint8_t>(number<at, 1>());
    }
    template <std::size_t at> std::uint16_t u16() const
    {
        return static_cast<std::uint16_t>(number<at, 2>());
    }
    template <std::size_t at> std::uint32_t u32() const
    {
        return static_cast<std::uint32_t>(number<at, 4>());
    }
    template <std::size_t at, std::size_t count>
    void octets(std::array<std::uint8_t, count>& target) const
    {
        static_assert(at + count <= size);
        std::memcpy(target.data(), m_bytes + at, count);
    }

private:
    template <std::size_t at, std::size_t width> std::uint64_t number() const
    {
        static_assert(at + width <= size);
        return loadBigEndian<width>(m_bytes + at);
    }

    const std::uint8_t* m_bytes;
};

} // namespace tcpw
