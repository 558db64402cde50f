// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/backend.h"
#include "templates/draft.h"

#include <optional>

namespace tcpw {

/// What the next packet takes for a new port and a new sequence number; known before it is sent, so
/// that it can be shown.
struct NextValues
{
    std::uint16_t port = 0; ///< 0: not known yet
    std::uint32_t sequenceNumber = 0;
};

/// A random initial sequence number (RFC 6528 asks that nobody can guess it).
std::uint32_t newSequenceNumber();

/// Where the placeholders of a packet on this device get their values without asking the network:
/// the destination's MAC address stays what `peerMac` says.
PlaceholderSource placeholderSource(
    const Device& device, NextValues next, std::optional<MacAddress> peerMac = {});

/// The packet with every placeholder filled in; asks `backend` for the destination's MAC address.
Result<Packet> resolveForSending(
    Backend& backend, const Device& device, const Draft& draft, NextValues next);

/// Where a packet goes by its IP header; empty without one.
std::optional<IpAddress> destinationOf(const Packet& packet);

/// The address and port that the own kernel would answer for: the packet's source. Empty for what
/// is no TCP over IP.
std::optional<GuardRequest> guardFor(const Device& device, const Packet& packet);

/// Encodes and sends one packet; a failed frame is a failure.
Result<void> sendPacket(Backend& backend, const Device& device, const Packet& packet);

} // namespace tcpw
