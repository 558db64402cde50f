// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/analysisnames.h"
#include "connection/sentsegments.h"
#include "connection/shorttime.h"

#include <cstdint>

namespace tcpw {

/// What the reasons of later segments look back at; beside each other, as it is copied for each.
struct FlowMarks
{
    std::int64_t lastTime = 0; ///< of the last segment, in nanoseconds
    std::uint32_t next = 0; ///< what follows the highest number seen
    std::uint32_t nextPacket = 0; ///< that brought it
    std::uint32_t lastAcknowledgment = 0;
    std::uint32_t newAcknowledgmentPacket = 0; ///< that brought it first
    std::uint32_t lastPacket = 0;
    std::uint32_t finPacket = 0; ///< the first with FIN
    std::uint16_t lastBits = 0; ///< control bits of the last packet
};

/// What is kept of one direction of a connection.
struct Flow : FlowMarks
{
    static constexpr std::uint8_t largestScale = 14; // RFC 7323, section 2.3
    static constexpr std::uint8_t noScale = 30; ///< one of the SYNs had no such option
    static constexpr std::uint8_t unknownScale = 31; ///< no SYN was seen
    static constexpr int roundTripDigits = 27;

    std::uint16_t window = 0; ///< before scaling; this and two more fill what the marks leave
    std::uint16_t duplicateAcknowledgments = 0; ///< it stays at the most
    std::uint16_t dataBytesHigh = 0; ///< dataBytes() has all of it
    std::int64_t nextTime = 0; ///< when `next` last rose, in nanoseconds
    [[no_unique_address]] SentSegments sent; ///< what follows fills its last eight bytes
    std::uint32_t roundTripCode = 0; ///< roundTrip() decodes it
    std::uint32_t packets = 0;
    std::uint32_t initial = 0; ///< sequence number of the SYN, or one before the first seen
    std::uint32_t highestExpected = 0; ///< the highest acknowledgment that is no surprise
    std::uint32_t retransmissions = 0;
    std::uint32_t dataBytesLow = 0;
    AnalysisNames lastNames; ///< of the last packet
    std::uint8_t scale : 5 = unknownScale;
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

    /// What it sent, in bytes; repeated ones count again.
    std::uint64_t dataBytes() const { return std::uint64_t{dataBytesHigh} << 32 | dataBytesLow; }
    void addData(std::uint32_t bytes)
    {
        const std::uint64_t sum = dataBytes() + bytes;
        dataBytesLow = static_cast<std::uint32_t>(sum);
        dataBytesHigh = static_cast<std::uint16_t>(sum >> 32);
    }
    void countDuplicate()
    {
        constexpr std::uint16_t most = 0xffff;
        duplicateAcknowledgments = static_cast<std::uint16_t>(
            duplicateAcknowledgments + (duplicateAcknowledgments < most ? 1 : 0));
    }
    /// Smoothed, in nanoseconds (eight digits of it); 0 while unknown.
    std::int64_t roundTrip() const { return lengthenTime<roundTripDigits>(roundTripCode); }
    void setRoundTrip(std::int64_t nanoseconds)
    {
        roundTripCode = shortenTime<roundTripDigits>(nanoseconds);
    }
    bool hasScale() const { return scale <= largestScale; }
    /// The window in bytes.
    std::uint64_t scaledWindow() const
    {
        const int shift = windowIsUnscaled || !hasScale() ? 0 : scale;
        return std::uint64_t(window) << shift;
    }
};

} // namespace tcpw
