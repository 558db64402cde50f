// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/controlbits.h"

#include "packet/numbers.h"

#include <array>

namespace tcpw {

namespace {

// In the order of the bits, the lowest first.
constexpr std::array<std::string_view, 12> names
    = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE", "R1", "R2", "R3"};

std::string upperCase(std::string_view text)
{
    std::string upper;
    for (const char c : text)
        if (c != ' ')
            upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return upper;
}

Result<ControlBits> parseBits(std::string_view text)
{
    const auto value = parseNumber(text, 0xfff);
    if (!value)
        return failure(std::string(text.substr(0, 40))
            + " does not fit: the control bits are a number of 12 bits, up to 0xfff.");
    return ControlBits{static_cast<std::uint16_t>(*value)};
}

Result<std::uint16_t> bitOf(std::string_view name)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<std::uint16_t>(1u << i);
    return failure("\"" + std::string(name.substr(0, 40))
        + "\" is not a control bit. There are FIN, SYN, RST, PSH, ACK, URG, ECE, CWR, AE, R1, R2 "
          "and R3.");
}

} // namespace

std::string toText(ControlBits bits)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if ((bits.value >> i & 1) == 0)
            continue;
        if (!text.empty())
            text += ',';
        text += names[i];
    }
    return text;
}

Result<ControlBits> parseControlBits(std::string_view text)
{
    const std::string upper = upperCase(text);
    std::string_view left = upper;
    if (left.empty() || left == "NONE")
        return ControlBits{};
    if (left.front() >= '0' && left.front() <= '9')
        return parseBits(left);

    ControlBits bits;
    while (true) {
        const std::size_t comma = left.find(',');
        const auto bit = bitOf(left.substr(0, comma));
        if (!bit)
            return tl::unexpected(bit.error());
        bits.value = static_cast<std::uint16_t>(bits.value | *bit);
        if (comma == std::string_view::npos)
            return bits;
        left.remove_prefix(comma + 1);
    }
}

} // namespace tcpw
