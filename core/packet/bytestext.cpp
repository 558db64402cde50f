// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/bytestext.h"

#include "packet/numbers.h"

#include <algorithm>
#include <charconv>

namespace tcpw {

namespace {

constexpr std::string_view textPrefix = "text:";
constexpr std::string_view hexPrefix = "hex:";
constexpr std::string_view patternPrefix = "pattern:";
constexpr std::uint64_t longestPattern = 65'535; // more fits no IP packet

struct Escape
{
    char letter;
    std::uint8_t byte;
};

constexpr Escape escapes[] = {{'n', '\n'}, {'r', '\r'}, {'t', '\t'}, {'\\', '\\'}, {'0', 0}};

bool isReadable(std::uint8_t byte)
{
    return (byte >= 0x20 && byte < 0x7f) || byte == '\n' || byte == '\r' || byte == '\t';
}

std::string escaped(std::uint8_t byte)
{
    for (const Escape& escape : escapes)
        if (escape.byte == byte)
            return {'\\', escape.letter};
    return {static_cast<char>(byte)};
}

/// Reads what stands behind a backslash at the front of `left`, and moves `left` behind it.
Result<std::uint8_t> readEscape(std::string_view& left)
{
    const char letter = left.empty() ? '\0' : left.front();
    left.remove_prefix(left.empty() ? 0 : 1);
    for (const Escape& escape : escapes)
        if (escape.letter == letter)
            return escape.byte;
    std::uint8_t byte = 0;
    if (letter == 'x' && left.size() >= 2) {
        const auto [stop, error] = std::from_chars(left.data(), left.data() + 2, byte, 16);
        if (error == std::errc() && stop == left.data() + 2) {
            left.remove_prefix(2);
            return byte;
        }
    }
    return failure("A backslash stands before something else than n, r, t, 0, \\ or xHH (two "
                   "hexadecimal digits); write \\\\ for a backslash itself.");
}

Result<Bytes> parseEscapedText(std::string_view left)
{
    Bytes bytes;
    bytes.reserve(left.size());
    while (!left.empty()) {
        const char c = left.front();
        left.remove_prefix(1);
        if (c != '\\') {
            bytes.push_back(static_cast<std::uint8_t>(c));
            continue;
        }
        const auto byte = readEscape(left);
        if (!byte)
            return tl::unexpected(byte.error());
        bytes.push_back(*byte);
    }
    return bytes;
}

Result<Bytes> parsePattern(std::string_view length)
{
    const auto count = parseNumber(length, longestPattern);
    if (!count)
        return failure("A pattern has a length of up to 65535 bytes, as in pattern:1000.");
    return patternBytes(static_cast<std::size_t>(*count));
}

} // namespace

Bytes patternBytes(std::size_t length)
{
    constexpr std::size_t letters = 'z' - 'a' + 1;
    Bytes bytes(length);
    for (std::size_t i = 0; i < length; ++i)
        bytes[i] = static_cast<std::uint8_t>('a' + i % letters);
    return bytes;
}

std::string bytesToText(ByteView bytes)
{
    if (bytes.empty() || !std::ranges::all_of(bytes, isReadable))
        return std::string(hexPrefix) + toHex(bytes);
    std::string text(textPrefix);
    for (const std::uint8_t byte : bytes)
        text += escaped(byte);
    return text;
}

Result<Bytes> parseBytes(std::string_view text)
{
    if (text.starts_with(textPrefix))
        return parseEscapedText(text.substr(textPrefix.size()));
    std::string_view digits = trimmed(text);
    if (digits.starts_with(patternPrefix))
        return parsePattern(digits.substr(patternPrefix.size()));
    if (digits.starts_with(hexPrefix))
        digits.remove_prefix(hexPrefix.size());
    auto bytes = fromHex(digits);
    if (!bytes)
        return failure(
            bytes.error().message + " Bytes are written as hex:00ff, text:hello or pattern:1000.");
    return bytes;
}

} // namespace tcpw
