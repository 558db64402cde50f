// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/segmentfacts.h"
#include "connection/trackedpacket.h"

#include <string>

namespace tcpw {

/// The reason of a tracked packet as one English sentence without its full stop: "Retransmission 2
/// of No. 5 after 2.02 s: its timer doubled"; "" when it has none. `segment` is the packet's own,
/// `referred` that of packet `refersTo` where it is at hand; without it less is said.
std::string reasonText(const TrackedPacket& tracked, const SegmentFacts& segment,
    const SegmentFacts* referred = nullptr);

/// Three digits and a unit: "2.02 s", "35.1 ms", "120 µs".
std::string durationText(std::int64_t nanoseconds);

} // namespace tcpw
