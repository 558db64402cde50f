// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/answercontext.h"
#include "connection/answerkind.h"
#include "packet/packet.h"

namespace tcpw {

/// The kind that most people want next for this segment: SYN,ACK to a SYN, else ACK; empty when it
/// is no TCP segment or nothing is ever answered to it (RST).
std::optional<AnswerKind> usualAnswer(const Packet& received);

/// Why no answer of this kind can be made; "" when one can.
std::string answerObstacle(const Packet& received, AnswerKind kind);

/// The segment that answers `received`: ends swapped on every layer, sequence number what we send
/// next (by the context, else what `received` acknowledges), acknowledgment what was received (RFC
/// 9293, section 3.10.7.4; SYN and FIN count one each) or, where that is less, what the context
/// says that we acknowledged since; timestamps echoed (RFC 7323), computed fields automatic. A RST
/// is made as RFC 9293, section 3.10.7.1, says. Fails with a sentence when `received` is no whole
/// TCP segment, or when there is nothing that a SACK could tell.
Result<Packet> answer(
    const Packet& received, AnswerKind kind, ByteView data, const AnswerContext& context = {});

} // namespace tcpw
