// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/tracker.h"
#include "packet/packet.h"

#include <optional>

namespace tcpw {

/// A connection as we see it, who play one of its ends.
struct ConnectionSides
{
    EndInfo ours;
    EndInfo peer;
};

/// Which end is ours where `received` came from the peer; empty when it is no segment between the
/// two ends of this connection.
std::optional<ConnectionSides> sidesOfReceived(
    const Packet& received, const ConnectionInfo& connection);

/// The same where `sent` goes to the peer.
std::optional<ConnectionSides> sidesOfSent(const Packet& sent, const ConnectionInfo& connection);

} // namespace tcpw
