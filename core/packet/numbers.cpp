// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/numbers.h"

#include <charconv>

namespace tcpw {

std::optional<std::uint64_t> parseNumber(std::string_view text, std::uint64_t largest)
{
    const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    const std::string_view digits = hexadecimal ? text.substr(2) : text;
    std::uint64_t value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value, hexadecimal ? 16 : 10);
    if (digits.empty() || error != std::errc() || stop != end || value > largest)
        return std::nullopt;
    return value;
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> parsePair(
    std::string_view text, char separator, std::uint64_t largest)
{
    const auto parts = split(text, separator);
    if (parts.size() != 2)
        return std::nullopt;
    const auto first = parseNumber(parts[0], largest);
    const auto second = parseNumber(parts[1], largest);
    if (!first || !second)
        return std::nullopt;
    return std::pair(*first, *second);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

} // namespace tcpw
