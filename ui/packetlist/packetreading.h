// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/connectionservice.h"
#include "store/packetstore.h"
#include "ui/packetlist/packetlisttext.h"

namespace tcpw {

/// Where rows come from. What it points to may be read by any thread as long as it is there.
struct RowSource
{
    const PacketStore* store = nullptr;
    const ConnectionService* connections = nullptr; ///< null: nobody follows connections
};

/// Everything that the list says of a packet; of one that cannot be read any more its number, and
/// why.
ListedPacket readListed(const RowSource& source, std::size_t packet);

} // namespace tcpw
