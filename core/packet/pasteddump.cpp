// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/numbers.h"
#include "packet/pastednotations.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tcpw {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdefABCDEF";
constexpr std::size_t leastOffsetDigits = 3;

/// The digits at the front, and what is left behind them.
std::string_view takeDigits(std::string_view& left)
{
    const std::string_view digits = left.substr(0, left.find_first_not_of(hexDigits));
    left.remove_prefix(digits.size());
    return digits;
}

std::size_t takeSpaces(std::string_view& left)
{
    const std::size_t count = std::min(left.find_first_not_of(" \t"), left.size());
    left.remove_prefix(count);
    return count;
}

struct DumpLine
{
    std::size_t offset = 0;
    std::string_view rest; ///< behind the offset and the space after it
};

std::optional<DumpLine> parseLine(std::string_view line)
{
    line = trimmed(line);
    const bool prefixed = line.starts_with("0x");
    if (prefixed)
        line.remove_prefix(2);
    const std::string_view digits = takeDigits(line);
    const bool colon = line.starts_with(':');
    if (colon)
        line.remove_prefix(1);
    DumpLine result;
    const auto end = digits.data() + digits.size();
    if (digits.size() < leastOffsetDigits
        || std::from_chars(digits.data(), end, result.offset, 16).ptr != end)
        return {};
    if (!colon && (prefixed || (!line.empty() && takeSpaces(line) == 0)))
        return {};
    takeSpaces(line);
    result.rest = line;
    // Without a colon it may be a word of digits: an offset stands before pairs, or ends the dump.
    std::string_view first = line;
    if (!colon && !line.empty() && takeDigits(first).size() != 2)
        return {};
    return result;
}

/// The bytes of a line, `wanted` at most: groups of digits, one space apart, but for the wider gap
/// after the eighth byte. ASCII beside them is passed over.
Bytes takeBytes(std::string_view left, std::size_t wanted)
{
    constexpr std::size_t half = 8;
    Bytes bytes;
    while (bytes.size() < wanted) {
        std::string_view digits = takeDigits(left);
        const bool isGroup = !digits.empty() && digits.size() % 2 == 0
            && (left.empty() || left.front() == ' ' || left.front() == '\t'
                || left.front() == '\r');
        if (!isGroup)
            break;
        for (; !digits.empty() && bytes.size() < wanted; digits.remove_prefix(2)) {
            std::uint8_t byte = 0;
            std::from_chars(digits.data(), digits.data() + 2, byte, 16);
            bytes.push_back(byte);
        }
        const std::size_t gap = takeSpaces(left);
        if (gap > 2 || (gap == 2 && bytes.size() != half))
            break;
    }
    return bytes;
}

} // namespace

bool isDumpLine(std::string_view line)
{
    const auto parsed = parseLine(line);
    return parsed && !parsed->rest.empty(); // a stream of digits alone is no offset
}

Result<Bytes> readDump(std::string_view text)
{
    constexpr std::size_t mostOfALastLine = 16;
    struct NumberedLine
    {
        DumpLine line;
        std::size_t number;
    };
    std::vector<NumberedLine> lines;
    std::size_t number = 0;
    for (const std::string_view line : split(text, '\n')) {
        ++number;
        if (const auto parsed = parseLine(line))
            lines.push_back({*parsed, number});
    }
    Bytes bytes;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const auto& [line, lineNumber] = lines[at];
        const std::string where = "Line " + std::to_string(lineNumber);
        if (line.offset == 0 && at > 0)
            return failure(where + " begins a second packet; paste one.");
        if (line.offset != bytes.size())
            return failure(where + " says that it begins at byte " + std::to_string(line.offset)
                + ", but " + std::to_string(bytes.size()) + " bytes stand before it.");
        // The next line says how many this one has; that keeps ASCII that looks like digits out.
        const bool isLast = at + 1 == lines.size();
        const std::size_t next = isLast ? 0 : lines[at + 1].line.offset;
        const std::size_t wanted = next > line.offset ? next - line.offset : mostOfALastLine;
        const Bytes found = takeBytes(line.rest, wanted);
        bytes.insert(bytes.end(), found.begin(), found.end());
    }
    return bytes;
}

} // namespace tcpw
