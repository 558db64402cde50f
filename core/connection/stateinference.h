// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/segmentfacts.h"
#include "connection/tcpstate.h"

#include <array>

namespace tcpw {

/// One end went from one state to another.
struct StateChange
{
    bool ofInitiator; ///< else of the responder
    bool corrects; ///< the end's last change did not happen: its FIN crossed the other's
    TcpState from;
    TcpState to;
    const char* why;
};

/// The changes that one segment shows, in the order in which they happen.
struct StateChanges
{
    std::array<StateChange, 6> list; ///< so many as `count` were set; most segments show none
    std::size_t count = 0;

    const StateChange* begin() const { return list.data(); }
    const StateChange* end() const { return list.data() + count; }
};

/// Infers the states of both ends (RFC 9293, section 3.3.2) from the segments between them. What
/// passed is taken to have arrived, unless a later segment shows that it had not. Who opens enters
/// ESTABLISHED with the ACK that it sends for the SYN,ACK: before, it may as well know nothing of
/// the connection, as the kernel of a hand-made SYN. What a timer does (TIME-WAIT to CLOSED) shows
/// in no packet.
class StateInference
{
public:
    StateChanges take(const SegmentFacts& segment, bool fromInitiator);

    TcpState initiatorState() const { return m_ends[0].state; }
    TcpState responderState() const { return m_ends[1].state; }
    Ending ending() const;
    /// Whether nothing can come any more: reset, refused, or closed from both ends.
    bool isOver() const;
    /// Whether both ends' SYNs were acknowledged.
    bool isHandshakeDone() const;
    /// Whether the FINs of both ends crossed.
    bool closedAtOnce() const { return m_ends[0].finCrossed || m_ends[1].finCrossed; }

private:
    struct End
    {
        std::uint32_t initial = 0; ///< of its SYN
        std::uint32_t next = 0; ///< after what it sent without a gap
        std::uint32_t finEnd = 0; ///< after its FIN
        TcpState state = TcpState::unknown;
        Ending reset = Ending::open; ///< how a RST of this end ended the connection, if any did
        bool spoke : 1 = false;
        bool sentSyn : 1 = false;
        bool sentFin : 1 = false;
        bool finArrived : 1 = false; ///< at the other end
        bool finAcknowledged : 1 = false;
        bool finCrossed : 1 = false; ///< with the other end's
        bool synAcknowledged : 1 = false;
        bool opensPassively : 1 = false;
    };

    void reset(const SegmentFacts& segment, End& from, End& to, StateChanges& changes);
    bool resetIsTaken(const SegmentFacts& segment, const End& from, const End& to) const;
    void syn(const SegmentFacts& segment, End& from, End& to, StateChanges& changes);
    void synAck(const SegmentFacts& segment, End& from, End& to, StateChanges& changes);
    bool completesHandshake(
        const SegmentFacts& segment, End& from, const End& to, StateChanges& changes);
    void assumeSyn(const SegmentFacts& synAck, End& of, StateChanges& changes);
    void other(const SegmentFacts& segment, End& from, End& to, StateChanges& changes);
    void joinLate(const SegmentFacts& segment, End& from, End& to, StateChanges& changes);
    void acknowledge(const SegmentFacts& segment, End& from, End& to, StateChanges& changes);
    void sendFin(const SegmentFacts& segment, End& from, const End& to, StateChanges& changes);
    void receiveFin(const End& from, End& to, StateChanges& changes);
    void move(StateChanges& changes, End& end, TcpState to, const char* why);
    /// By which RST it ended, if any.
    Ending endingByReset() const
    {
        return m_ends[0].reset != Ending::open ? m_ends[0].reset : m_ends[1].reset;
    }
    static void advance(const SegmentFacts& segment, End& from);
    static bool acknowledgesSyn(const SegmentFacts& segment, const End& of);

    std::array<End, 2> m_ends; ///< initiator, responder
};

} // namespace tcpw
