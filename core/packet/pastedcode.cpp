// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/numbers.h"
#include "packet/pastednotations.h"

#include <algorithm>
#include <charconv>

namespace tcpw {

namespace {

constexpr std::size_t mostQuoted = 20; // characters of a text that are shown in an error

std::string quoted(std::string_view text)
{
    return "\"" + std::string(text.substr(0, mostQuoted)) + "\"";
}

/// What stands behind a backslash, as C and Python read it; moves `left` behind it.
Result<std::uint8_t> takeEscape(std::string_view& left)
{
    constexpr std::string_view letters = "abfnrtv\\'\"?";
    constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\'\"?";
    const char letter = left.empty() ? ' ' : left.front();
    if (const auto at = letters.find(letter); at != std::string_view::npos) {
        left.remove_prefix(1);
        return static_cast<std::uint8_t>(meanings[at]);
    }
    const bool hex = letter == 'x';
    const std::string_view digits = left.substr(hex ? 1 : 0, hex ? 2 : 3);
    std::uint8_t byte = 0;
    const auto [stop, error]
        = std::from_chars(digits.data(), digits.data() + digits.size(), byte, hex ? 16 : 8);
    const auto read = static_cast<std::size_t>(stop - digits.data());
    if (error != std::errc() || (hex && read != 2))
        return failure(
            "The backslash in " + quoted("\\" + std::string(left)) + " makes no byte here.");
    left.remove_prefix(read + (hex ? 1 : 0));
    return byte;
}

/// Text without the comments of C and of Python.
std::string withoutComments(std::string_view text)
{
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view left = text.substr(at);
        if (left.starts_with("/*")) {
            const auto end = text.find("*/", at + 2);
            at = end == std::string_view::npos ? text.size() : end + 1;
            result += ' ';
        } else if (left.starts_with("//") || left.starts_with('#')) {
            at = std::min(text.find('\n', at), text.size());
            result += '\n';
        } else {
            result += text[at];
        }
    }
    return result;
}

} // namespace

Result<Bytes> readLiteral(std::string_view text)
{
    const bool hasQuotes = text.find_first_of("\"'") != std::string_view::npos;
    Bytes bytes;
    char open = hasQuotes ? '\0' : ' '; // the quote that ends the literal; a bare inside has none
    for (std::string_view left = text; !left.empty();) {
        const char letter = left.front();
        left.remove_prefix(1);
        if (open == '\0') {
            if (letter == '"' || letter == '\'')
                open = letter;
        } else if (hasQuotes && letter == open) {
            open = '\0';
        } else if (letter == '\\') {
            const auto byte = takeEscape(left);
            if (!byte)
                return tl::unexpected(byte.error());
            bytes.push_back(*byte);
        } else if (hasQuotes
            || std::string_view(" \t\r\n").find(letter) == std::string_view::npos) {
            bytes.push_back(static_cast<std::uint8_t>(letter));
        }
    }
    if (hasQuotes && open != '\0')
        return failure(std::string("A literal that begins with ") + open + " does not end.");
    return bytes;
}

Result<Bytes> readArray(std::string_view text)
{
    const std::string bare = withoutComments(text);
    std::string_view inside = bare;
    auto open = inside.find('{');
    if (open == std::string_view::npos)
        open = inside.find('[');
    if (open != std::string_view::npos)
        inside = inside.substr(open + 1, inside.find_first_of("}]", open) - open - 1);
    Bytes bytes;
    for (const std::string_view part : split(inside, ',')) {
        const std::string_view element = trimmed(part);
        if (element.empty()) // behind the last comma
            continue;
        const auto number = parseNumber(element, 0xff);
        if (!number)
            return failure(
                quoted(element) + " is no byte: a number from 0 to 255, or 0x00 to 0xff.");
        bytes.push_back(static_cast<std::uint8_t>(*number));
    }
    return bytes;
}

} // namespace tcpw
