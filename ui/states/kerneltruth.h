// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/far.h"
#include "session/followedconnection.h"

#include <QString>

#include <optional>

namespace tcpw {

/// The far end's socket of a connection, as its kernel has it; empty when there is none.
std::optional<FarSocket> farSocketOf(
    const FollowedConnection& story, const std::vector<FarSocket>& sockets);

/// Whether the initiator is the end whose kernel says this.
bool isOfInitiator(const FarSocket& socket, const FollowedConnection& story);

/// "The peer's kernel says ESTABLISHED: 2 retransmits, RTO 4.00 s, cwnd 10, retransmit in 3.1 s."
QString kernelTruthText(const FarSocket& socket);

/// "The kernel says ESTABLISHED, its packets so far show SYN-RECEIVED."; "" where they agree.
QString differenceText(const FarSocket& socket, TcpState inferred);

/// What the far end sends next by itself, and in how many milliseconds; LadderPane::setCountdown()
/// takes it. "" when no timer runs that sends.
struct AwaitedSegment
{
    QString what; ///< "SYN,ACK again"
    int milliseconds = 0;
};
AwaitedSegment awaitedSegment(const std::optional<FarSocket>& socket);

/// RFC 9293's state of that name; empty when there is none.
std::optional<TcpState> parseTcpState(const std::string& name);

} // namespace tcpw
