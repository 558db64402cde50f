// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <bit>
#include <cstring>

namespace tcpw {

/// A one's complement sum of 16-bit words (RFC 1071) in the making. It is kept in the machine's
/// byte order and 64 bits wide: the order of the bytes matters only to a last swap (section 2).
class OnesComplement
{
public:
    /// Adds an even number of bytes, or the last odd ones, of which the last is then a high byte.
    void add(ByteView bytes)
    {
        const std::uint8_t* at = bytes.data();
        std::size_t left = bytes.size();
        for (; left >= 8; left -= 8, at += 8) {
            const auto words = load<std::uint64_t>(at);
            m_sum += (words >> 32) + (words & 0xffff'ffffu);
        }
        if (left >= 4) {
            m_sum += load<std::uint32_t>(at);
            left -= 4;
            at += 4;
        }
        if (left >= 2)
            m_sum += load<std::uint16_t>(at);
        if ((left & 1) != 0) {
            const std::uint8_t last[2] = {at[left - 1], 0};
            m_sum += load<std::uint16_t>(last);
        }
    }
    void addNumber(std::uint16_t number) { m_sum += inMachineOrder(number); }
    void addNumber(std::uint32_t number)
    {
        addNumber(static_cast<std::uint16_t>(number >> 16));
        addNumber(static_cast<std::uint16_t>(number));
    }

    std::uint16_t folded() const
    {
        std::uint64_t sum = (m_sum >> 32) + (m_sum & 0xffff'ffffu);
        sum = (sum >> 32) + (sum & 0xffff'ffffu);
        sum = (sum >> 16) + (sum & 0xffffu);
        sum = (sum >> 16) + (sum & 0xffffu);
        return inMachineOrder(static_cast<std::uint16_t>(sum));
    }

private:
    template <typename Word> static std::uint64_t load(const std::uint8_t* from)
    {
        Word word = 0;
        std::memcpy(&word, from, sizeof word);
        return word;
    }
    static std::uint16_t inMachineOrder(std::uint16_t number)
    {
        if constexpr (std::endian::native == std::endian::little)
            return static_cast<std::uint16_t>(number << 8 | number >> 8);
        return number;
    }

    std::uint64_t m_sum = 0;
};

} // namespace tcpw
