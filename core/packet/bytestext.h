// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

namespace tcpw {

/// "text:hello\n" when every byte is printable ASCII, a line end or a tab; else "hex:00ff".
std::string bytesToText(ByteView bytes);

/// Reads text:... (with \n, \r, \t, \0, \\ and \xHH), hex:..., pattern:LENGTH and bare hexadecimal
/// digits.
Result<Bytes> parseBytes(std::string_view text);

/// The letters a to z over and over, so that a part of them shows where it stood.
Bytes patternBytes(std::size_t length);

} // namespace tcpw
