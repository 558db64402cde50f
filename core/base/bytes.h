// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tcpw {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Lower-case hexadecimal digits, two a byte, nothing between.
std::string toHex(ByteView bytes);

/// Bytes of pairs of hexadecimal digits; white space between pairs is passed over.
/// Fails on an odd digit or another character, and names its place (counted from 1).
Result<Bytes> fromHex(std::string_view text);

} // namespace tcpw
