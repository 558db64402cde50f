// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/device.h"
#include "packet/packet.h"

#include <chrono>
#include <optional>

namespace tcpw {

/// The device's own address to ask a neighbour from: one in the same network, else one of the same
/// scope, else the first of that family; empty when it has none.
std::optional<IpAddress> sourceFor(const Device& device, const IpAddress& neighbour);

/// The MAC address of a multicast or the limited broadcast address, by rule (RFC 1112, section 6.4;
/// RFC 2464, section 7).
MacAddress groupMac(const IpAddress& group);

/// Asks for the MAC address of an address on the link: ARP request (RFC 826) or neighbour
/// solicitation (RFC 4861), three of them in a second. Empty when nobody answers.
Result<std::optional<MacAddress>> askNeighbour(const Device& device, const IpAddress& neighbour);

/// Sends up to two ICMP echo requests to a destination behind that MAC address; the round trip of
/// the first answer in milliseconds. Empty when none came, or there is no address to send from.
Result<std::optional<double>> askEcho(const Device& device, const IpAddress& source,
    const IpAddress& destination, const MacAddress& mac);

} // namespace tcpw
