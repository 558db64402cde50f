// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "connection/conversation.h"
#include "connection/flow.h"
#include "connection/stateinference.h"

namespace tcpw {

/// What is kept of one connection.
struct Connection
{
    Conversation ends;
    std::array<Flow, 2> flows; ///< from the initiator, from the responder
    StateInference states;
    std::int64_t firstTime = 0; ///< in nanoseconds since 1970
    std::int64_t lastTime = 0;
    std::int64_t synTime = 0; ///< of the last SYN; 0 when there is none
    std::int64_t firstRoundTrip = 0; ///< in nanoseconds; 0 while unknown
    std::uint32_t firstPacket = 0;
    std::uint32_t lastPacket = 0;
    std::uint32_t endPacket = 0; ///< that ended it
    Origin initiatorOrigin = Origin::unknown; ///< of the packet that opened it
    bool lowerInitiates = false;

    const Endpoint& initiator() const { return lowerInitiates ? ends.lower : ends.higher; }
    const Endpoint& responder() const { return lowerInitiates ? ends.higher : ends.lower; }
    bool isFromInitiator(const SegmentFacts& segment) const
    {
        return segment.source == initiator();
    }
};

} // namespace tcpw
