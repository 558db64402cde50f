// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <cstddef>

namespace tcpw {

/// Appends big-endian numbers and bytes to a byte string; earlier places can be overwritten.
class ByteWriter
{
public:
    explicit ByteWriter(std::size_t expectedSize = 0) { m_bytes.reserve(expectedSize); }

    std::size_t size() const { return m_bytes.size(); }
    ByteView view() const { return m_bytes; }
    Bytes take() { return std::move(m_bytes); }

    void u8(std::uint8_t value) { m_bytes.push_back(value); }
    void u16(std::uint16_t value)
    {
        const std::uint8_t raw[]
            = {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
        append(raw);
    }
    void u32(std::uint32_t value)
    {
        const std::uint8_t raw[]
            = {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
                static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
        append(raw);
    }
    void append(ByteView bytes) { m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end()); }
    void zeros(std::size_t count) { m_bytes.resize(m_bytes.size() + count); }

    /// Overwrites two bytes that were written before; `position + 2` must not be past the end.
    void putU16(std::size_t position, std::uint16_t value)
    {
        m_bytes.at(position) = static_cast<std::uint8_t>(value >> 8);
        m_bytes.at(position + 1) = static_cast<std::uint8_t>(value);
    }

private:
    Bytes m_bytes;
};

} // namespace tcpw
