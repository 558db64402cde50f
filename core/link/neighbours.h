// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/capture.h"

namespace tcpw {

/// Who is asked for the MAC address of a destination: itself when on link, else the router.
struct NextHop
{
    IpAddress address;
    bool onLink = true;
};

/// The kernel's route from this device to the destination (RTM_GETROUTE).
Result<NextHop> nextHop(const DeviceId& device, const IpAddress& destination);

/// The MAC address to send to for this destination: by the kernel's neighbour table, else by an ARP
/// request (RFC 826) or neighbour solicitation (RFC 4861) of our own. Takes at most a second.
/// Multicast and broadcast destinations have theirs by rule. Needs CAP_NET_RAW.
Result<MacAddress> findNeighbour(const Device& device, const IpAddress& destination);

/// Asks the neighbour, then sends up to two ICMP echo requests; at most two seconds.
Result<Reachability> checkReachability(const Device& device, const IpAddress& destination);

/// A TCP port on which this machine has no socket, outside net.ipv4.ip_local_port_range, another at
/// each call as far as there are enough.
Result<std::uint16_t> newPort();

/// True when a TCP socket of this machine has the port. Ports that this user may not take count as
/// free.
bool isPortInUse(std::uint16_t port);

} // namespace tcpw
