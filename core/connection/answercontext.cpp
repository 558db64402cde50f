// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/answercontext.h"

#include "connection/connectionsides.h"

namespace tcpw {

namespace {

bool hasSentFin(TcpState state)
{
    return state == TcpState::finWait1 || state == TcpState::finWait2 || state == TcpState::closing
        || state == TcpState::lastAck || state == TcpState::timeWait;
}

} // namespace

AnswerContext answerContext(
    const Packet& received, const ConnectionInfo& connection, std::uint32_t initialSequenceNumber)
{
    AnswerContext context{initialSequenceNumber};
    const auto sides = sidesOfReceived(received, connection);
    if (!sides)
        return context;
    context.ourInitial = sides->ours.initialSequenceNumber;
    context.ourNext = sides->ours.nextSequenceNumber;
    context.ourAcknowledgment = sides->peer.acknowledged;
    context.peerInitial = sides->peer.initialSequenceNumber;
    context.finSent = hasSentFin(sides->ours.state);
    return context;
}

} // namespace tcpw
