// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

namespace tcpw {

/// The bytes of a packet in one of the notations that other programs print:
/// - a dump with offsets, with or without ASCII beside it: of tcpdump -xx and -XX, Wireshark, xxd,
///   hexdump -C, od -A x -t x1; lines without an offset around it are passed over;
/// - a string literal or its inside (Scapy's and Wireshark's \x45\x00);
/// - the elements of an array (0x45, 0x00, 60), with or without the C around them;
/// - hexadecimal digits alone, with white space, colons or hyphens between.
/// Fails with a sentence that names the line or what cannot be read; never returns no bytes.
Result<Bytes> parsePastedBytes(std::string_view text);

} // namespace tcpw
