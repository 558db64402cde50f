// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/answercontext.h"
#include "connection/answerkind.h"
#include "connection/segment.h"
#include "packet/tcpoptions.h"

#include <optional>
#include <string>

namespace tcpw {

/// The numbers of an answer, absolute, and in words where each comes from.
struct AnswerNumbers
{
    std::uint32_t sequence = 0;
    std::string sequenceFrom; ///< "what the peer acknowledged"
    std::optional<std::uint32_t> acknowledgment; ///< empty: without ACK
    std::string acknowledgmentFrom; ///< "the peer's SYN counts one"
    std::optional<SackBlock> block;
};

/// `segment` is that of `received`, whole. Fails with a sentence when there is nothing that a SACK
/// could tell.
Result<AnswerNumbers> answerNumbers(
    const Packet& received, const Segment& segment, AnswerKind kind, const AnswerContext& context);

/// What `segment` takes of sequence space: SYN and FIN count one each.
std::uint32_t sequenceLength(const Packet& packet, const Segment& segment);

} // namespace tcpw
