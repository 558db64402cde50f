// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>
#include <optional>

namespace tcpw {

struct ConnectionInfo;
struct Packet;

/// What is known of the connection that an answer belongs to; every number absolute.
struct AnswerContext
{
    std::uint32_t initialSequenceNumber = 0; ///< to use where nothing tells ours
    std::optional<std::uint32_t> ourInitial = {}; ///< the sequence number of our SYN
    std::optional<std::uint32_t> ourNext = {}; ///< the sequence number that we send next
    std::optional<std::uint32_t> ourAcknowledgment = {}; ///< the last number that we acknowledged
    std::optional<std::uint32_t> peerInitial = {}; ///< the sequence number of the peer's SYN
    bool finSent = false; ///< the last of our sequence numbers is our FIN's
};

/// The context of an answer to `received`, which the peer sent: that decides which end is ours.
/// Only `initialSequenceNumber` where the packet is none of this connection.
AnswerContext answerContext(
    const Packet& received, const ConnectionInfo& connection, std::uint32_t initialSequenceNumber);

} // namespace tcpw
