// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/tracker.h"
#include "store/packetreader.h"

namespace tcpw {

/// Reads what tracking needs of a packet of a store; no segment when it cannot be read any more.
inline ReadPacket readPacket(PacketReader& reader, std::size_t index)
{
    const auto bytes = reader.bytes(index);
    return Tracker::read(reader.record(), bytes ? *bytes : ByteView());
}

} // namespace tcpw
