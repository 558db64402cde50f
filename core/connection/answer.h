// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

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
};

/// "ACK", "data", "FIN", "RST", "SYN,ACK": as `tcpw answer --with` takes them, in any case.
const char* answerKindName(AnswerKind kind);
Result<AnswerKind> parseAnswerKind(std::string_view name);

/// The kind that most people want next for this segment: SYN,ACK to a SYN, else ACK; empty when it
/// is no TCP segment or nothing is ever answered to it (RST).
std::optional<AnswerKind> usualAnswer(const Packet& received);

/// The segment that answers `received`: ends swapped on every layer, sequence number what the other
/// side expects (its acknowledgment number), acknowledgment what was received (RFC 9293,
/// section 3.10.7.4; SYN and FIN count one each), timestamps echoed (RFC 7323), computed fields
/// automatic. `initialSequenceNumber` is used where `received` acknowledges nothing. A RST is made
/// as RFC 9293, section 3.10.7.1, says. Fails with a sentence when `received` is no whole TCP
/// segment.
Result<Packet> answer(
    const Packet& received, AnswerKind kind, ByteView data, std::uint32_t initialSequenceNumber);

} // namespace tcpw
