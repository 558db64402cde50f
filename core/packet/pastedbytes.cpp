// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/pastedbytes.h"

#include "packet/numbers.h"
#include "packet/pastednotations.h"

#include <algorithm>

namespace tcpw {

namespace {

/// Digits without what may stand between them.
Result<Bytes> readDigits(std::string_view text)
{
    if (text.starts_with("0x") || text.starts_with("0X"))
        text.remove_prefix(2);
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char letter) {
        return std::string_view(" \t\r\n:-").find(letter) == std::string_view::npos;
    });
    return fromHex(digits);
}

Result<Bytes> read(std::string_view text)
{
    const auto lines = split(text, '\n');
    if (std::ranges::any_of(lines, isDumpLine))
        return readDump(text);
    if (text.find('\\') != std::string_view::npos)
        return readLiteral(text);
    if (text.find(',') != std::string_view::npos || text.find('{') != std::string_view::npos)
        return readArray(text);
    return readDigits(trimmed(text));
}

} // namespace

Result<Bytes> parsePastedBytes(std::string_view text)
{
    auto bytes = read(text);
    if (bytes && bytes->empty())
        return failure("There are no bytes in it.");
    return bytes;
}

} // namespace tcpw
