// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bigendian.h"
#include "base/bytes.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

namespace tcpw {

/// Reads big-endian numbers from bytes without ever leaving them: a read past the end gives zero,
/// and from then on failed() is true. The only pointer arithmetic of the parsers is here.
class ByteReader
{
public:
    explicit ByteReader(ByteView bytes)
        : m_bytes(bytes)
    {
    }

    std::size_t position() const { return m_position; }
    std::size_t remaining() const { return m_bytes.size() - m_position; }
    bool failed() const { return m_failed; }

    std::uint8_t u8() { return static_cast<std::uint8_t>(number<1>()); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number<2>()); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number<4>()); }
    std::uint64_t u64() { return number<8>(); }

    /// The next `count` bytes, or as many as there are (failed() tells).
    ByteView take(std::size_t count)
    {
        if (count > remaining())
            m_failed = true;
        const auto part = m_bytes.subspan(m_position, std::min(count, remaining()));
        m_position += part.size();
        return part;
    }

    ByteView rest() { return take(remaining()); }
    /// The bytes that are still to be read, without reading them.
    ByteView remainingView() const { return m_bytes.subspan(m_position); }
    void skip(std::size_t count) { take(count); }

private:
    template <std::size_t size> std::uint64_t number()
    {
        if (size > remaining()) {
            m_failed = true;
            m_position = m_bytes.size();
            return 0;
        }
        const std::uint8_t* const from = m_bytes.data() + m_position;
        m_position += size;
        return loadBigEndian<size>(from);
    }

    ByteView m_bytes;
    std::size_t m_position = 0;
    bool m_failed = false;
};

} // namespace tcpw
