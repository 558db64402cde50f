// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bigendian.h"
#include "base/bytes.h"

#include <cassert>
#include <cstddef>
#include <cstring>

namespace tcpw {

/// Writes big-endian numbers and bytes into room that was made before, one behind the other. To
/// write more than there is room for is a broken invariant.
class FieldWriter
{
public:
    explicit FieldWriter(std::span<std::uint8_t> room)
        : m_room(room)
    {
    }

    void u8(std::uint8_t value) { *next(1) = value; }
    void u16(std::uint16_t value) { storeBigEndian<2>(next(2), value); }
    void u32(std::uint32_t value) { storeBigEndian<4>(next(4), value); }
    void u64(std::uint64_t value) { storeBigEndian<8>(next(8), value); }
    void append(ByteView bytes)
    {
        if (!bytes.empty())
            std::memcpy(next(bytes.size()), bytes.data(), bytes.size());
    }
    /// The room that is left.
    std::span<std::uint8_t> rest() const { return m_room; }

private:
    std::uint8_t* next(std::size_t count)
    {
        assert(count <= m_room.size());
        std::uint8_t* const target = m_room.data();
        m_room = m_room.subspan(count);
        return target;
    }

    std::span<std::uint8_t> m_room;
};

} // namespace tcpw
