// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>
#include <string>

/// Small pieces of sentences.
namespace tcpw {

/// "1 byte", "2 bytes".
inline std::string countOf(std::size_t count, const char* noun)
{
    return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

/// "0x0800"
inline std::string hex16(std::uint16_t value)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text = "0x";
    for (int shift = 12; shift >= 0; shift -= 4)
        text += digits[value >> shift & 15];
    return text;
}

/// "only 1 byte is there", "only 2 bytes are there"
inline std::string onlyThere(std::size_t count)
{
    return "only " + countOf(count, "byte") + (count == 1 ? " is there" : " are there");
}

/// "1 byte is there", "2 bytes are there"
inline std::string areThere(std::size_t count)
{
    return countOf(count, "byte") + (count == 1 ? " is there" : " are there");
}

} // namespace tcpw
