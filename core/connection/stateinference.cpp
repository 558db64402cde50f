// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/stateinference.h"

#include "connection/sequence.h"

namespace tcpw {

namespace {

using State = TcpState;

bool isSynchronized(State state)
{
    return state >= State::established;
}

} // namespace

StateChanges StateInference::take(const SegmentFacts& segment, bool fromInitiator)
{
    StateChanges changes;
    End& from = m_ends[fromInitiator ? 0 : 1];
    End& to = m_ends[fromInitiator ? 1 : 0];
    to.synAcknowledged = to.synAcknowledged || acknowledgesSyn(segment, to);
    if (segment.has(ControlBits::rst)) {
        reset(segment, from, to, changes);
    } else {
        if (segment.has(ControlBits::syn | ControlBits::ack))
            synAck(segment, from, to, changes);
        else if (segment.has(ControlBits::syn))
            syn(segment, from, to, changes);
        else
            other(segment, from, to, changes);
        from.spoke = true;
    }
    return changes;
}

void StateInference::move(StateChanges& changes, End& end, State to, const char* why)
{
    if (end.state == to || changes.count == changes.list.size())
        return;
    changes.list[changes.count++] = {&end == &m_ends[0], false, end.state, to, why};
    end.state = to;
}

/// What follows the bytes of an end that all came, as far as one number can tell.
void StateInference::advance(const SegmentFacts& segment, End& from)
{
    const std::uint32_t end = segment.nextSequenceNumber();
    const bool first = !from.spoke && !from.sentSyn;
    if (first || (isAtOrBefore(segment.sequenceNumber, from.next) && comesBefore(from.next, end)))
        from.next = end;
}

bool StateInference::acknowledgesSyn(const SegmentFacts& segment, const End& of)
{
    return segment.has(ControlBits::ack) && of.sentSyn
        && comesBefore(of.initial, segment.acknowledgmentNumber)
        && isAtOrBefore(segment.acknowledgmentNumber, of.next);
}

void StateInference::syn(const SegmentFacts& segment, End& from, End& to, StateChanges& changes)
{
    if (isSynchronized(from.state) || from.state == State::synReceived)
        return; // sent again, or RFC 5961, section 4: nothing changes
    advance(segment, from);
    from.initial = segment.sequenceNumber;
    from.sentSyn = true;
    if (from.state == State::unknown)
        from.state = State::closed; // else it could not begin
    move(changes, from, State::synSent, "sends SYN");
    if (to.state == State::synSent)
        move(changes, to, State::synReceived, "receives SYN while its own is on its way");
}

void StateInference::synAck(const SegmentFacts& segment, End& from, End& to, StateChanges& changes)
{
    if (from.state == State::unknown || from.state == State::closed) {
        from.state = State::listen; // else it could not answer so
        from.opensPassively = true;
    }
    if (from.state == State::listen || from.state == State::synSent) {
        advance(segment, from);
        from.initial = segment.sequenceNumber;
        from.sentSyn = true;
        if (!completesHandshake(segment, from, to, changes))
            move(changes, from, State::synReceived, "receives SYN and answers SYN,ACK");
    }
    if (to.state == State::synReceived && acknowledgesSyn(segment, to))
        move(changes, to, State::established, "receives the ACK of its SYN");
    else if (to.state == State::unknown)
        assumeSyn(segment, to, changes);
}

/// Whether who opened answers the SYN,ACK by acknowledging it.
bool StateInference::completesHandshake(
    const SegmentFacts& segment, End& from, const End& to, StateChanges& changes)
{
    if (from.state != State::synSent || !from.synAcknowledged || !acknowledgesSyn(segment, to))
        return false;
    move(changes, from, State::established, "received SYN,ACK for its SYN and sends the ACK");
    return true;
}

/// What a SYN,ACK tells of the SYN that it answers.
void StateInference::assumeSyn(const SegmentFacts& synAck, End& of, StateChanges& changes)
{
    of.sentSyn = true;
    of.synAcknowledged = true;
    of.next = synAck.acknowledgmentNumber;
    of.initial = of.next - 1;
    move(changes, of, State::synSent, "sent a SYN that is not in the capture");
}

void StateInference::other(const SegmentFacts& segment, End& from, End& to, StateChanges& changes)
{
    joinLate(segment, from, to, changes);
    advance(segment, from);
    if (segment.has(ControlBits::ack))
        acknowledge(segment, from, to, changes);
    if (segment.has(ControlBits::fin))
        sendFin(segment, from, to, changes);
    if (from.sentFin && isAtOrBefore(from.finEnd, from.next))
        receiveFin(from, to, changes);
}

/// A segment of a connection whose beginning was not captured, or not all of it.
void StateInference::joinLate(
    const SegmentFacts& segment, End& from, End& to, StateChanges& changes)
{
    const bool ofOtherConnection = to.state == State::synSent && !acknowledgesSyn(segment, to);
    if (ofOtherConnection || !segment.has(ControlBits::ack))
        return;
    if (from.state == State::unknown)
        move(changes, from, State::established, "is seen in the middle of a connection");
    if (to.state == State::unknown)
        move(changes, to, State::established, "is spoken to in the middle of a connection");
    if (to.state == State::synSent && !from.sentSyn)
        move(changes, to, State::established,
            "receives an ACK of its SYN; a SYN,ACK is not in the capture");
    if (from.state == State::synSent && !to.sentSyn && to.spoke && isSynchronized(to.state))
        move(
            changes, from, State::established, "acknowledges a SYN,ACK that is not in the capture");
}

void StateInference::acknowledge(
    const SegmentFacts& segment, End& from, End& to, StateChanges& changes)
{
    completesHandshake(segment, from, to, changes);
    if (to.state == State::synReceived && acknowledgesSyn(segment, to))
        move(changes, to, State::established, "receives the ACK of its SYN");
    if (!to.sentFin || !isAtOrBefore(to.finEnd, segment.acknowledgmentNumber))
        return;
    receiveFin(to, from, changes); // at the latest
    to.finAcknowledged = true;
    if (to.state == State::finWait1)
        move(changes, to, State::finWait2, "receives the ACK of its FIN");
    else if (to.state == State::closing)
        move(changes, to, State::timeWait, "receives the ACK of its FIN");
    else if (to.state == State::lastAck)
        move(changes, to, State::closed, "receives the ACK of its FIN");
}

void StateInference::sendFin(
    const SegmentFacts& segment, End& from, const End& to, StateChanges& changes)
{
    if (from.sentFin)
        return;
    from.sentFin = true;
    from.finEnd = segment.nextSequenceNumber();
    const bool crossed = from.state == State::closeWait && to.sentFin
        && comesBefore(segment.acknowledgmentNumber, to.finEnd);
    if (crossed) {
        from.finCrossed = true;
        from.state = State::established;
        move(changes, from, State::finWait1, "sends FIN before the other end's came");
        changes.list[changes.count - 1].corrects = true;
        move(changes, from, State::closing, "receives FIN while its own is on its way");
    } else if (from.state == State::closeWait) {
        move(changes, from, State::lastAck, "sends FIN");
    } else if (from.state == State::established || from.state == State::synReceived) {
        move(changes, from, State::finWait1, "sends FIN");
    }
}

void StateInference::receiveFin(const End& from, End& to, StateChanges& changes)
{
    End& sender = m_ends[&from == &m_ends[0] ? 0 : 1];
    if (sender.finArrived || to.state == State::synSent)
        return;
    sender.finArrived = true;
    if (to.state == State::established)
        move(changes, to, State::closeWait, "receives FIN");
    else if (to.state == State::finWait1)
        move(changes, to, State::closing, "receives FIN while its own is on its way");
    else if (to.state == State::finWait2)
        move(changes, to, State::timeWait, "receives FIN");
}

/// RFC 9293, section 3.10.7.3 and .4; RFC 5961, section 3.
bool StateInference::resetIsTaken(const SegmentFacts& segment, const End& from, const End& to) const
{
    if (to.state == State::synSent && !to.synAcknowledged)
        return acknowledgesSyn(segment, to);
    return to.state == State::unknown || (!from.spoke && !from.sentSyn)
        || segment.sequenceNumber == from.next;
}

void StateInference::reset(const SegmentFacts& segment, End& from, End& to, StateChanges& changes)
{
    const bool byInitiator = &from == &m_ends[0];
    const bool taken = resetIsTaken(segment, from, to);
    const bool wasOver = ending() == Ending::orderly;
    const bool refuses = taken && to.state == State::synSent && !from.sentSyn;
    const bool knowsNothing = from.state == State::synSent && !from.synAcknowledged;
    const bool abandons = !knowsNothing && from.state != State::listen
        && (!from.spoke || segment.sequenceNumber == from.next);
    if (abandons && from.state == State::unknown)
        move(changes, from, State::closed, "knows no such connection and sends RST");
    else if (abandons)
        move(changes, from, State::closed, "sends RST");
    if (taken && to.state == State::synReceived && to.opensPassively)
        move(changes, to, State::listen, "receives RST");
    else if (taken)
        move(changes, to, State::closed, "receives RST");
    if ((taken || abandons) && !wasOver && endingByReset() == Ending::open)
        from.reset = refuses ? Ending::refused
            : byInitiator    ? Ending::resetByInitiator
                             : Ending::resetByResponder;
}

bool StateInference::isHandshakeDone() const
{
    return m_ends[0].synAcknowledged && m_ends[1].synAcknowledged;
}

bool StateInference::isOver() const
{
    return endingByReset() != Ending::open
        || (m_ends[0].finAcknowledged && m_ends[1].finAcknowledged);
}

Ending StateInference::ending() const
{
    const End& initiator = m_ends[0];
    const End& responder = m_ends[1];
    if (endingByReset() != Ending::open)
        return endingByReset();
    if (initiator.finAcknowledged && responder.finAcknowledged)
        return Ending::orderly;
    if (initiator.finAcknowledged)
        return Ending::halfClosedByInitiator;
    if (responder.finAcknowledged)
        return Ending::halfClosedByResponder;
    const bool unanswered = initiator.state == State::synSent && !responder.spoke;
    return unanswered ? Ending::noAnswer : Ending::open;
}

} // namespace tcpw
