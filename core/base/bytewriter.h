// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bigendian.h"
#include "base/bytes.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstring>
#include <utility>

namespace tcpw {

/// Appends big-endian numbers and bytes to a byte string; earlier places can be overwritten.
/// With the right `expectedSize` it allocates once.
class ByteWriter
{
public:
    explicit ByteWriter(std::size_t expectedSize = 0)
        : m_bytes(expectedSize)
    {
    }

    std::size_t size() const { return m_size; }
    ByteView view() const { return ByteView(m_bytes).first(m_size); }
    Bytes take()
    {
        m_bytes.resize(std::exchange(m_size, 0));
        return std::move(m_bytes);
    }

    void u8(std::uint8_t value) { *grow(1) = value; }
    void u16(std::uint16_t value) { storeBigEndian<2>(grow(2), value); }
    void u32(std::uint32_t value) { storeBigEndian<4>(grow(4), value); }
    void append(ByteView bytes)
    {
        if (!bytes.empty())
            std::memcpy(grow(bytes.size()), bytes.data(), bytes.size());
    }
    void zeros(std::size_t count) { grow(count); }
    /// The next `count` bytes, all zero, to be filled in before anything else is written.
    std::span<std::uint8_t> room(std::size_t count) { return {grow(count), count}; }

    /// Overwrites two bytes that were written before; `position + 2` must not be past the end.
    void putU16(std::size_t position, std::uint16_t value)
    {
        assert(position + 2 <= m_size);
        storeBigEndian<2>(m_bytes.data() + position, value);
    }

private:
    /// Makes room for `count` more bytes; what lies behind m_size is always zero.
    std::uint8_t* grow(std::size_t count)
    {
        const std::size_t start = m_size;
        m_size += count;
        if (m_size > m_bytes.size())
            m_bytes.resize(std::max(m_size, 2 * m_bytes.size()));
        return m_bytes.data() + start;
    }

    Bytes m_bytes; ///< its size is the room there is
    std::size_t m_size = 0; ///< bytes written
};

} // namespace tcpw
