// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/analysisnames.h"
#include "connection/shorttime.h"
#include "connection/tcpstate.h"

#include <cstdint>

namespace tcpw {

/// Why a segment is as it is, beyond its names; reasonText() (connection/reasontext.h) says it in
/// words. Beside each stands what TrackedPacket::refersTo then is.
enum class Reason : std::uint8_t
{
    none,
    retransmission, ///< the first segment with these bytes; `count` tells how often since
    timerDoubled, ///< a retransmission that came twice as late as the one before; the same
    fastRetransmission, ///< the first segment with these bytes; `count` as above
    spuriousRetransmission, ///< the ACK after which these bytes were sent again
    outOfOrder, ///< the segment that overtook it
    duplicateAck, ///< the first ACK of that number; `count` tells how often since
    zeroWindow, ///< 0
    zeroWindowProbe, ///< the segment that closed the window
    zeroWindowProbeAck, ///< the probe
    windowUpdate, ///< the segment before from this end
    windowFull, ///< the segment that stated the window
    keepAlive, ///< the segment before from this end
    keepAliveAck, ///< the keep-alive
    lostSegment, ///< the segment before the gap
    ackLostSegment, ///< the last segment seen from the other end
    reusedPorts, ///< the last packet of the earlier connection; 0 when this is a SYN,ACK
    ownKernelReset, ///< the segment that it answers: our own computer's TCP knows no such socket
    refused, ///< the SYN that it answers
    resetAnswer, ///< the segment that it answers
    reset, ///< 0: a RST that nothing seen has drawn
    resetNotTaken, ///< 0: a RST whose number the other end does not expect (RFC 5961)
    resetOfHalfOpen, ///< the ACK of another connection's numbers that it answers
    challengeAck, ///< the SYN or RST that drew it (RFC 5961)
    ackOfOldConnection, ///< the SYN that drew it: this end still has an earlier connection
    simultaneousOpen, ///< the other end's SYN; of a SYN and of the SYN,ACK that follows
    fewerOptions, ///< the SYN whose options are not taken up, as with SYN cookies
    dataAfterClose, ///< the FIN after which this end had nothing more to send
    dataToClosed, ///< the segment that ended the connection
    dataWhileHalfClosed, ///< the other end's FIN
};

/// What the tracker says of one packet.
struct TrackedPacket
{
    static constexpr std::uint32_t noConnection = 0xffff'ffff;
    static constexpr int elapsedDigits = 11; // up to 73 minutes, with three decimal digits

    std::uint32_t connection = noConnection; ///< from 0, by first appearance
    std::uint32_t refersTo = 0; ///< the number of another packet, by `reason`; 0 for none
    AnalysisNames names;
    std::uint16_t count = 0; ///< which retransmission or duplicate ACK this is, from 1
    std::uint16_t elapsedCode = 0; ///< elapsed() decodes it
    Reason reason : 7 = Reason::none;
    bool fromInitiator : 1 = false; ///< else from the responder
    std::uint8_t states = 0; ///< initiatorState() and responderState() decode it

    bool isTcp() const { return connection != noConnection; }
    /// The states of the ends after this packet.
    TcpState initiatorState() const { return TcpState(states & 15); }
    TcpState responderState() const { return TcpState(states >> 4); }
    /// Nanoseconds, to about three digits: since these bytes were sent before, or since the packet
    /// that this one refers to.
    std::int64_t elapsed() const { return lengthenTime<elapsedDigits>(elapsedCode); }
    void setElapsed(std::int64_t nanoseconds)
    {
        elapsedCode = static_cast<std::uint16_t>(shortenTime<elapsedDigits>(nanoseconds));
    }
    void setStates(TcpState initiator, TcpState responder)
    {
        states = static_cast<std::uint8_t>(unsigned(initiator) | unsigned(responder) << 4);
    }
};
static_assert(sizeof(TrackedPacket) == 16, "it is handed about by value");

} // namespace tcpw
