// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/reasonfinder.h"

#include "connection/sequence.h"

#include <algorithm>

namespace tcpw {

namespace {

struct NameReason
{
    AnalysisName name;
    Reason reason;
};

// Of several names the first here is what matters most.
constexpr NameReason nameReasons[] = {
    {AnalysisName::outOfOrder, Reason::outOfOrder},
    {AnalysisName::zeroWindowProbe, Reason::zeroWindowProbe},
    {AnalysisName::zeroWindowProbeAck, Reason::zeroWindowProbeAck},
    {AnalysisName::keepAlive, Reason::keepAlive},
    {AnalysisName::keepAliveAck, Reason::keepAliveAck},
    {AnalysisName::lostSegment, Reason::lostSegment},
    {AnalysisName::ackLostSegment, Reason::ackLostSegment},
    {AnalysisName::windowFull, Reason::windowFull},
    {AnalysisName::duplicateAck, Reason::duplicateAck},
    {AnalysisName::windowUpdate, Reason::windowUpdate},
    {AnalysisName::zeroWindow, Reason::zeroWindow},
    {AnalysisName::reusedPorts, Reason::reusedPorts},
};

/// The interval before and this one, as a backing-off timer makes them (RFC 6298, section 5.5);
/// kernels round, and captures have jitter.
bool isDoubled(std::int64_t before, std::int64_t now)
{
    return before > 0 && now >= before / 10 * 17 && now <= before / 10 * 24;
}

} // namespace

ReasonFinder::ReasonFinder(
    const Connection& connection, const Arrival& arrival, Origin origin, bool fromInitiator)
    : m_arrival(arrival)
    , m_segment(arrival.segment)
    , m_from(sideOf(connection, fromInitiator))
    , m_to(sideOf(connection, !fromInitiator))
    , m_isOver(connection.states.isOver())
    , m_endPacket(connection.endPacket)
    , m_lastPacket(connection.lastPacket())
    , m_fromInitiator(fromInitiator)
    , m_ownKernel(
          fromInitiator && origin == Origin::kernel && connection.initiatorOrigin == Origin::me)
{
}

ReasonFinder::Side ReasonFinder::sideOf(const Connection& connection, bool ofInitiator)
{
    const StateInference& states = connection.states;
    return {connection.flows[ofInitiator ? 0 : 1],
        ofInitiator ? states.initiatorState() : states.responderState()};
}

void ReasonFinder::set(TrackedPacket& tracked, Reason reason, std::uint32_t refersTo) const
{
    tracked.reason = reason;
    tracked.refersTo = refersTo;
    if (refersTo != 0 && refersTo == m_to.lastPacket)
        tracked.setElapsed(m_arrival.time - m_to.lastTime);
    else if (refersTo != 0 && refersTo == m_from.lastPacket)
        tracked.setElapsed(m_arrival.time - m_from.lastTime);
}

void ReasonFinder::find(
    TrackedPacket& tracked, const SentSegment* repeated, const Connection& connection)
{
    if (has(ControlBits::rst))
        findForReset(tracked, connection);
    else if (!findByState(tracked, connection) && !findByRepetition(tracked, repeated))
        findByName(tracked, connection);
    if (tracked.reason == Reason::none && m_segment.dataLength > 0)
        findForData(tracked);
}

/// Whether a RST has the numbers of an answer to the last segment of the other end (RFC 9293,
/// section 3.10.7.1).
bool ReasonFinder::answersLast() const
{
    if (m_to.lastPacket == 0 || (m_to.lastBits & ControlBits::rst) != 0)
        return false;
    if ((m_to.lastBits & ControlBits::ack) != 0)
        return !has(ControlBits::ack) && m_segment.sequenceNumber == m_to.lastAcknowledgment;
    return has(ControlBits::ack) && m_segment.acknowledgmentNumber == m_to.next;
}

void ReasonFinder::findForReset(TrackedPacket& tracked, const Connection& connection) const
{
    const bool halfOpen = m_from.state == TcpState::synSent && m_to.state == TcpState::unknown;
    const bool goesOn = sideOf(connection, !m_fromInitiator).state >= TcpState::synReceived;
    if (!answersLast())
        set(tracked, goesOn ? Reason::resetNotTaken : Reason::reset, 0);
    else if (m_ownKernel)
        set(tracked, Reason::ownKernelReset, m_to.lastPacket);
    else if (m_to.state == TcpState::synSent && m_from.state != TcpState::synReceived)
        set(tracked, Reason::refused, m_to.lastPacket);
    else if (halfOpen)
        set(tracked, Reason::resetOfHalfOpen, m_to.lastPacket);
    else
        set(tracked, Reason::resetAnswer, m_to.lastPacket);
}

bool ReasonFinder::lacksOptions(const Connection& connection) const
{
    const Flow& other = connection.flows[m_fromInitiator ? 1 : 0];
    return (other.offersScale && !m_segment.windowScale)
        || (other.offersSack && !m_segment.sackPermitted)
        || (other.offersTimestamps && !m_segment.hasTimestamps);
}

/// RFC 5961: what does not fit exactly is answered with an ACK, and nothing else happens.
bool ReasonFinder::isChallengeAck() const
{
    const bool bare = m_segment.sequenceLength() == 0 && has(ControlBits::ack);
    const std::uint16_t bits
        = m_to.lastBits & (ControlBits::rst | ControlBits::syn | ControlBits::ack);
    const bool draws = (bits & ControlBits::rst) != 0 || bits == ControlBits::syn;
    return bare && draws && m_to.lastPacket == m_lastPacket
        && m_from.state >= TcpState::synReceived;
}

/// RFC 9293, section 3.5, figure 7: an end whose SYN crossed the other's says it again with ACK.
bool ReasonFinder::answersCrossedSyn() const
{
    const auto saidSynAlone = [](std::uint16_t bits) {
        return (bits & (ControlBits::syn | ControlBits::ack)) == ControlBits::syn;
    };
    return has(ControlBits::syn | ControlBits::ack) && saidSynAlone(m_from.lastBits)
        && (m_to.lastBits & ControlBits::syn) != 0;
}

bool ReasonFinder::findByState(TrackedPacket& tracked, const Connection& connection) const
{
    const bool asks = m_to.state == TcpState::synSent;
    if (answersCrossedSyn()) {
        set(tracked, Reason::simultaneousOpen, m_to.lastPacket);
    } else if (has(ControlBits::syn | ControlBits::ack)) {
        if (m_from.state != TcpState::unknown || !asks || !lacksOptions(connection))
            return false;
        set(tracked, Reason::fewerOptions, m_to.lastPacket);
    } else if (has(ControlBits::syn)) {
        if (!asks || m_from.state == TcpState::synSent)
            return false;
        set(tracked, Reason::simultaneousOpen, m_to.lastPacket);
    } else if (asks && m_from.state == TcpState::unknown && has(ControlBits::ack)
        && m_segment.acknowledgmentNumber != m_to.next) {
        set(tracked, Reason::ackOfOldConnection, m_to.lastPacket);
    } else if (isChallengeAck()) {
        set(tracked, Reason::challengeAck, m_to.lastPacket);
    }
    return tracked.reason != Reason::none;
}

bool ReasonFinder::findByRepetition(TrackedPacket& tracked, const SentSegment* repeated) const
{
    if (tracked.names.has(AnalysisName::spuriousRetransmission)) {
        set(tracked, Reason::spuriousRetransmission, m_to.newAcknowledgmentPacket);
        return true;
    }
    const bool fast = tracked.names.has(AnalysisName::fastRetransmission);
    if (!fast && !tracked.names.has(AnalysisName::retransmission))
        return false;
    set(tracked, fast ? Reason::fastRetransmission : Reason::retransmission, 0);
    if (!repeated)
        return true;
    const std::int64_t interval = m_arrival.time - repeated->lastTime;
    TrackedPacket before;
    before.elapsedCode = repeated->lastInterval;
    if (!fast && repeated->repeats > 0 && isDoubled(before.elapsed(), interval))
        tracked.reason = Reason::timerDoubled;
    tracked.refersTo = repeated->packet;
    tracked.count = static_cast<std::uint16_t>(repeated->repeats + 1);
    tracked.setElapsed(interval);
    return true;
}

void ReasonFinder::findByName(TrackedPacket& tracked, const Connection& connection) const
{
    if (tracked.names.empty())
        return;
    const NameReason* found = nullptr;
    for (const NameReason& candidate : nameReasons)
        if (!found && tracked.names.has(candidate.name))
            found = &candidate;
    if (!found)
        return;
    switch (found->reason) {
    case Reason::outOfOrder:
    case Reason::lostSegment:
        return set(tracked, found->reason, m_from.nextPacket);
    case Reason::zeroWindowProbe:
        return set(tracked, found->reason,
            connection.oddities ? connection.oddities->zeroWindowPackets[m_fromInitiator ? 1 : 0]
                                : 0);
    case Reason::zeroWindowProbeAck:
    case Reason::keepAliveAck:
    case Reason::ackLostSegment:
    case Reason::windowFull:
        return set(tracked, found->reason, m_to.lastPacket);
    case Reason::keepAlive:
    case Reason::windowUpdate:
        return set(tracked, found->reason, m_from.lastPacket);
    case Reason::duplicateAck: {
        const Flow& flow = connection.flows[m_fromInitiator ? 0 : 1];
        set(tracked, found->reason, m_from.newAcknowledgmentPacket);
        tracked.count = flow.duplicateAcknowledgments;
        return;
    }
    default:
        return set(tracked, found->reason, 0);
    }
}

bool ReasonFinder::findForData(TrackedPacket& tracked) const
{
    if (m_from.finPacket != 0 && isAtOrBefore(m_from.next, m_segment.sequenceNumber))
        set(tracked, Reason::dataAfterClose, m_from.finPacket);
    else if (m_isOver)
        set(tracked, Reason::dataToClosed, m_endPacket);
    else if (m_from.state == TcpState::closeWait)
        set(tracked, Reason::dataWhileHalfClosed, m_to.finPacket);
    return tracked.reason != Reason::none;
}

} // namespace tcpw
