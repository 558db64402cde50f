// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytereader.h"

namespace tcpw {

enum class ByteOrder : std::uint8_t
{
    little,
    big,
};

/// Reads numbers of either byte order from bytes without ever leaving them (see ByteReader).
class FieldReader
{
public:
    FieldReader(ByteView bytes, ByteOrder order)
        : m_reader(bytes)
        , m_order(order)
    {
    }

    bool failed() const { return m_reader.failed(); }
    void skip(std::size_t count) { m_reader.skip(count); }

    std::uint8_t u8() { return m_reader.u8(); }
    std::uint16_t u16() { return big() ? m_reader.u16() : __builtin_bswap16(m_reader.u16()); }
    std::uint32_t u32() { return big() ? m_reader.u32() : __builtin_bswap32(m_reader.u32()); }
    std::uint64_t u64() { return big() ? m_reader.u64() : __builtin_bswap64(m_reader.u64()); }

private:
    bool big() const { return m_order == ByteOrder::big; }

    ByteReader m_reader;
    ByteOrder m_order;
};

} // namespace tcpw
