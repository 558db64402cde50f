// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/far.h"

#include <cstddef>
#include <optional>

namespace tcpw {

// How far requests and replies travel on the Unix socket of Lab::serveNamespace(): four bytes of
// length, then a message. Whatever the bytes are, decoding ends, and takes memory in proportion to
// their number.

inline constexpr std::size_t farDataLimit = 1 << 20; ///< bytes of one send
inline constexpr std::size_t farRequestLimit = farDataLimit + 64;
inline constexpr std::size_t farReplyLimit = 4 << 20;
inline constexpr std::size_t farLengthSize = 4; ///< bytes that stand before each message

Bytes encodeFarRequest(const FarRequest& request);
Result<FarRequest> decodeFarRequest(ByteView bytes);

/// A refusal travels as its sentence.
Bytes encodeFarReply(const Result<FarReply>& reply);
Result<FarReply> decodeFarReply(ByteView bytes);

/// The message with its length before it.
Bytes withLength(ByteView message);

/// The length that the first bytes state, once four are there.
std::optional<std::size_t> statedLength(ByteView bytes);

} // namespace tcpw
