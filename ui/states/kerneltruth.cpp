// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/states/kerneltruth.h"

#include "ui/fields/plaintext.h"
#include "ui/ladder/storyends.h"
#include "ui/states/statestext.h"

#include <QStringList>

#include <algorithm>

namespace tcpw {

std::optional<FarSocket> farSocketOf(
    const FollowedConnection& story, const std::vector<FarSocket>& sockets)
{
    if (story.arrows.empty())
        return {};
    const auto found = std::ranges::find_if(sockets, [&](const FarSocket& socket) {
        const Endpoint local{socket.localAddress, socket.localPort};
        const Endpoint remote{socket.remoteAddress, socket.remotePort};
        return (local == story.responder && remote == story.initiator)
            || (local == story.initiator && remote == story.responder);
    });
    return found == sockets.end() ? std::nullopt : std::optional(*found);
}

bool isOfInitiator(const FarSocket& socket, const FollowedConnection& story)
{
    return Endpoint{socket.localAddress, socket.localPort} == story.initiator;
}

QString kernelTruthText(const FarSocket& socket)
{
    QStringList parts;
    if (socket.retransmits > 0)
        parts << StatesText::tr("%n retransmit(s)", nullptr, int(socket.retransmits));
    if (socket.retransmissionTimeout > 0)
        parts << StatesText::tr("RTO %1").arg(
            spanText(std::int64_t(socket.retransmissionTimeout) * 1'000'000));
    if (socket.congestionWindow > 0)
        parts << StatesText::tr("cwnd %1").arg(socket.congestionWindow);
    if (!socket.timer.empty())
        parts << StatesText::tr("%1 in %2 s")
                     .arg(harmless(fromUtf8(socket.timer)))
                     .arg(socket.timerMilliseconds / 1000.0, 0, 'f', 1);
    const QString state = harmless(fromUtf8(socket.state));
    return parts.isEmpty() ? StatesText::tr("The peer's kernel says %1.").arg(state)
                           : StatesText::tr("The peer's kernel says %1: %2.")
                                 .arg(state, parts.join(QStringLiteral(", ")));
}

QString differenceText(const FarSocket& socket, TcpState inferred)
{
    if (socket.state == tcpStateName(inferred))
        return {};
    return StatesText::tr("The kernel says %1, its packets so far show %2.")
        .arg(harmless(fromUtf8(socket.state)), QLatin1String(tcpStateName(inferred)));
}

AwaitedSegment awaitedSegment(const std::optional<FarSocket>& socket)
{
    if (!socket)
        return {};
    const int milliseconds = int(socket->timerMilliseconds);
    if (socket->timer == "zero-window probe")
        return {StatesText::tr("zero-window probe"), milliseconds};
    if (socket->timer == "keep-alive")
        return {StatesText::tr("keep-alive"), milliseconds};
    if (socket->timer != "retransmit")
        return {};
    const auto state = parseTcpState(socket->state).value_or(TcpState::unknown);
    if (state == TcpState::synSent)
        return {StatesText::tr("SYN again"), milliseconds};
    if (state == TcpState::synReceived)
        return {StatesText::tr("SYN,ACK again"), milliseconds};
    if (state == TcpState::finWait1 || state == TcpState::lastAck || state == TcpState::closing)
        return {StatesText::tr("FIN again"), milliseconds};
    return {StatesText::tr("data again"), milliseconds};
}

std::optional<TcpState> parseTcpState(const std::string& name)
{
    for (int i = int(TcpState::closed); i <= int(TcpState::timeWait); ++i)
        if (name == tcpStateName(TcpState(i)))
            return TcpState(i);
    return {};
}

} // namespace tcpw
