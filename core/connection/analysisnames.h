// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace tcpw {

/// What a segment shows about its connection, each with the meaning that Wireshark 4.0 gives to the
/// name (User's Guide, section 7.5, "TCP Analysis"). The values are places in an AnalysisNames.
enum class AnalysisName : std::uint8_t
{
    retransmission,
    fastRetransmission, ///< drawn by two duplicate ACKs or more, the last within 20 ms
    spuriousRetransmission, ///< of data that was acknowledged
    outOfOrder,
    duplicateAck,
    zeroWindow,
    zeroWindowProbe,
    zeroWindowProbeAck,
    windowUpdate,
    windowFull,
    keepAlive,
    keepAliveAck,
    lostSegment, ///< a gap before this segment: what came before it is not in the capture
    ackLostSegment, ///< acknowledges what is not in the capture
    reusedPorts,
};
inline constexpr std::size_t analysisNameCount = 15;

/// A set of them.
struct AnalysisNames
{
    std::uint16_t bits = 0;

    constexpr bool has(AnalysisName name) const { return (bits >> unsigned(name) & 1) != 0; }
    constexpr void add(AnalysisName name)
    {
        bits = static_cast<std::uint16_t>(bits | 1u << unsigned(name));
    }
    constexpr bool empty() const { return bits == 0; }
    friend constexpr bool operator==(AnalysisNames, AnalysisNames) = default;
};

/// "fast_retransmission", as `tcpw read` and the display filter write it.
const char* analysisNameText(AnalysisName name);

/// The names in the set, joined by commas; "" when there is none.
std::string toText(AnalysisNames names);

} // namespace tcpw
