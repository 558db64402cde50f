// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/packetstore.h"

#include <functional>
#include <string>

namespace tcpw {

enum class CaptureFormat
{
    pcap, ///< classic, nanoseconds; one link type
    pcapng, ///< with comments, and with the origin in the packets' flags
};

/// Writes the packets of these numbers (all that are kept when empty) to a file: a temporary one
/// beside it, checked, synced and renamed, so that an earlier file is whole or replaced. `progress`
/// gets the share done and returns false to cancel. Packets that the store has dropped, also while
/// it is saved, are left out; gives how many those were. Fails with a sentence, also for several
/// link types in a classic pcap, and when none of the numbers is kept any more.
Result<std::size_t> saveCapture(const PacketStore& store, const std::vector<std::size_t>& numbers,
    const std::string& path, CaptureFormat format,
    const std::function<bool(double)>& progress = {});

} // namespace tcpw
