// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"

#include <array>
#include <string>
#include <string_view>

namespace tcpw {

/// What to answer a segment with.
enum class AnswerKind
{
    ack,
    data, ///< ACK and PSH with data
    finAck,
    rst,
    synAck, ///< to a SYN
    sack, ///< duplicate ACK whose SACK block is the segment that came beyond a gap (RFC 2018)
    windowUpdate, ///< bare ACK with the largest window
    keepAlive, ///< bare ACK with a sequence number one less (RFC 9293, section 3.8.4)
};

inline constexpr std::array allAnswerKinds{AnswerKind::ack, AnswerKind::data, AnswerKind::finAck,
    AnswerKind::rst, AnswerKind::synAck, AnswerKind::sack, AnswerKind::windowUpdate,
    AnswerKind::keepAlive};

/// "ACK", "data", "FIN", "RST", "SYN,ACK", "SACK", "window-update", "keep-alive": as `tcpw answer
/// --with` takes them, in any case.
const char* answerKindName(AnswerKind kind);
/// All of them: "ACK, data, ... and keep-alive".
std::string answerKindNames();
Result<AnswerKind> parseAnswerKind(std::string_view name);

} // namespace tcpw
