// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

/// Small readers of text that the notations of options and fields share; no locale plays a part.
namespace tcpw {

/// A number up to `largest`, decimal or 0x...; empty when the text is anything else.
std::optional<std::uint64_t> parseNumber(std::string_view text, std::uint64_t largest);

/// Two such numbers with `separator` between them.
std::optional<std::pair<std::uint64_t, std::uint64_t>> parsePair(
    std::string_view text, char separator, std::uint64_t largest);

/// The parts between separators; always at least one.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The text without white space at its ends.
std::string_view trimmed(std::string_view text);

} // namespace tcpw
