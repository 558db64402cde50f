// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/connection.h"
#include "connection/sequenceanalysis.h"
#include "connection/trackedpacket.h"

namespace tcpw {

/// Finds out why a segment is as it is, from what was before it. Made before the connection is
/// brought up to date; find() is asked after.
class ReasonFinder
{
public:
    ReasonFinder(
        const Connection& connection, const Arrival& arrival, Origin origin, bool fromInitiator);

    /// Sets reason, refersTo, count and elapsed of `tracked`, whose names are set. `repeated` is
    /// the segment of the same bytes as it was before, or null.
    void find(TrackedPacket& tracked, const SentSegment* repeated, const Connection& connection);

private:
    /// A direction as it was before.
    struct Side : FlowMarks
    {
        TcpState state = TcpState::unknown;
    };

    static Side sideOf(const Connection& connection, bool ofInitiator);
    bool has(std::uint16_t bits) const { return m_segment.has(bits); }
    bool lacksOptions(const Connection& connection) const;
    bool isChallengeAck() const;
    bool answersCrossedSyn() const;
    void set(TrackedPacket& tracked, Reason reason, std::uint32_t refersTo) const;
    void findForReset(TrackedPacket& tracked, const Connection& connection) const;
    bool answersLast() const;
    bool findByState(TrackedPacket& tracked, const Connection& connection) const;
    bool findForData(TrackedPacket& tracked) const;
    bool findByRepetition(TrackedPacket& tracked, const SentSegment* repeated) const;
    void findByName(TrackedPacket& tracked, const Connection& connection) const;

    const Arrival& m_arrival;
    const SegmentFacts& m_segment;
    Side m_from;
    Side m_to;
    bool m_isOver;
    std::uint32_t m_endPacket;
    std::uint32_t m_lastPacket;
    bool m_fromInitiator;
    bool m_ownKernel; ///< our kernel speaks, where we opened the connection by hand
};

} // namespace tcpw
