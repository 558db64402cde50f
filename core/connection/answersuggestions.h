// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/answercontext.h"
#include "connection/answerkind.h"
#include "connection/tracker.h"
#include "packet/packet.h"

#include <optional>
#include <string>
#include <vector>

namespace tcpw {

/// An answer that makes sense now.
struct AnswerSuggestion
{
    AnswerKind kind = AnswerKind::ack;
    std::string why; ///< one sentence
    std::string numbers; ///< one sentence: answerNumbersText()
};

/// The answers to `received`, which the peer sent, that make sense now, the best first: by what is
/// known by now of its connection, else by the segment alone. None for a RST, for what is no whole
/// TCP segment, and in a connection that is over.
std::vector<AnswerSuggestion> suggestAnswers(
    const Packet& received, const std::optional<ConnectionInfo>& connection = {});

/// Where each number of an answer comes from: "Acknowledgment 1: the peer's SYN counts one;
/// sequence 1: what the peer acknowledged." The numbers are relative to the first of their end; one
/// for which that is not known is marked as absolute. "" when no such answer can be made.
std::string answerNumbersText(
    const Packet& received, AnswerKind kind, const AnswerContext& context);

} // namespace tcpw
