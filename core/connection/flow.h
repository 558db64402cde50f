// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/analysisnames.h"
#include "connection/sentsegments.h"

#include <cstdint>

namespace tcpw {

/// What is kept of one direction of a connection.
struct Flow
{
    static constexpr std::int8_t unknownScale = -1; ///< no SYN was seen
    static constexpr std::int8_t noScale = -2; ///< one of the SYNs had no such option

    std::int64_t nextTime = 0; ///< when `next` last rose, in nanoseconds
    std::int64_t lastTime = 0; ///< of the last segment
    std::uint64_t dataBytes = 0;
    std::int64_t roundTrip = 0; ///< smoothed, in nanoseconds; 0 while unknown
    std::uint32_t packets = 0;
    std::uint32_t initial = 0; ///< sequence number of the SYN, or one before the first seen
    std::uint32_t next = 0; ///< what follows the highest number seen
    std::uint32_t nextPacket = 0; ///< that brought it
    std::uint32_t highestExpected = 0; ///< the highest acknowledgment that is no surprise
    std::uint32_t lastAcknowledgment = 0;
    std::uint32_t newAcknowledgmentPacket = 0; ///< that brought it first
    std::uint32_t duplicateAcknowledgments = 0;
    std::uint32_t lastPacket = 0;
    std::uint32_t zeroWindowPacket = 0; ///< that closed the window
    std::uint32_t finPacket = 0; ///< the first with FIN
    std::uint32_t retransmissions = 0;
    std::uint32_t gaps = 0;
    std::uint16_t window = 0; ///< before scaling
    std::uint16_t lastBits = 0; ///< control bits of the last packet
    AnalysisNames lastNames; ///< of the last packet
    std::int8_t scale = unknownScale;
    bool knowsInitial : 1 = false;
    bool knowsNext : 1 = false;
    bool knowsExpected : 1 = false;
    bool knowsAcknowledgment : 1 = false;
    bool knowsWindow : 1 = false;
    bool isOvertaken : 1 = false; ///< more was acknowledged than it is seen to have sent
    bool windowIsUnscaled : 1 = false; ///< it was in a SYN (RFC 7323, section 2.2)
    bool hasSyn : 1 = false; ///< its SYN was seen
    bool offersScale : 1 = false; ///< options of its SYN
    bool offersSack : 1 = false;
    bool offersTimestamps : 1 = false;
    SentSegments sent;

    /// The window in bytes.
    std::uint64_t scaledWindow() const
    {
        const int shift = windowIsUnscaled || scale < 0 ? 0 : scale;
        return std::uint64_t(window) << shift;
    }
};

} // namespace tcpw
