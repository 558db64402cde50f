// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/neighbours.h"

#include <optional>

namespace tcpw {

/// What the kernel would do with a packet to a destination.
struct Route
{
    enum class Kind
    {
        unicast,
        broadcast,
        multicast,
        local, ///< the destination is this machine
        other, ///< blackhole, unreachable, prohibit
    };
    Kind kind = Kind::unicast;
    NextHop hop;
    std::optional<IpAddress> source; ///< the address that it would send from
};

/// The kernel's route from this device (RTM_GETROUTE).
Result<Route> findRoute(const DeviceId& device, const IpAddress& destination);

/// What the kernel's neighbour table has for an on-link address, where it is usable (RTM_GETNEIGH).
std::optional<MacAddress> neighbourTableEntry(const DeviceId& device, const IpAddress& address);

} // namespace tcpw
