// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

/// The readers behind parsePastedBytes(), one for each notation.
namespace tcpw {

/// Whether a line begins with an offset of a dump: "0x0010:", "00000010:", or "0010" before pairs
/// of digits.
bool isDumpLine(std::string_view line);
/// The bytes of the lines that are a dump's.
Result<Bytes> readDump(std::string_view text);

/// The bytes of string literals, one after the other, or of the inside of one.
Result<Bytes> readLiteral(std::string_view text);

/// The bytes of an array's elements.
Result<Bytes> readArray(std::string_view text);

} // namespace tcpw
