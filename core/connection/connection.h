// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "connection/endpair.h"
#include "connection/flow.h"
#include "connection/stateinference.h"

#include <memory>

namespace tcpw {

/// What few connections have.
struct Oddities
{
    std::array<std::uint32_t, 2> gaps{}; ///< of the initiator, of the responder
    std::array<std::uint32_t, 2> zeroWindowPackets{}; ///< that closed the window
    std::uint32_t brokenPacket = 0; ///< the last that is no whole segment, which a flow passes over
    std::int64_t brokenTime = 0;
};

/// What is kept of one connection. There may be a million of them, so it is made small.
struct Connection
{
    std::array<Flow, 2> flows; ///< from the initiator, from the responder
    StateInference states;
    std::unique_ptr<Oddities> oddities; ///< null while there are none
    std::int64_t firstTime = 0; ///< in nanoseconds since 1970
    /// In nanoseconds: the time of the last SYN (0 while there is none) until the first round trip
    /// is known; then that.
    std::int64_t synTimeOrRoundTrip = 0;
    StoredEnds ends;
    std::uint32_t firstPacket = 0;
    std::uint32_t endPacket = 0; ///< that ended it
    Origin initiatorOrigin : 4 = Origin::unknown; ///< of the packet that opened it
    bool lowerInitiates : 1 = false;
    bool isIpv6 : 1 = false;
    bool knowsRoundTrip : 1 = false;

    bool isFromInitiator(const EndPair& segment) const
    {
        return segment.isFromLower() == lowerInitiates;
    }
    /// From SYN to the first ACK, in nanoseconds; 0 while unknown.
    std::int64_t firstRoundTrip() const { return knowsRoundTrip ? synTimeOrRoundTrip : 0; }
    Oddities& makeOddities()
    {
        if (!oddities)
            oddities = std::make_unique<Oddities>();
        return *oddities;
    }
    std::uint32_t lastPacket() const
    {
        const std::uint32_t whole = std::max(flows[0].lastPacket, flows[1].lastPacket);
        return oddities ? std::max(whole, oddities->brokenPacket) : whole;
    }
    std::int64_t lastTime() const
    {
        if (oddities && oddities->brokenPacket == lastPacket())
            return oddities->brokenTime;
        return flows[flows[0].lastPacket > flows[1].lastPacket ? 0 : 1].lastTime;
    }
};
static_assert(sizeof(Connection) <= 256, "it is what a connection costs in memory");

} // namespace tcpw
