// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <compare>
#include <optional>

namespace tcpw {

struct Endpoint
{
    IpAddress address;
    std::uint16_t port = 0;
    auto operator<=>(const Endpoint&) const = default;
};

/// Two ends of TCP, without a direction: `lower` comes before `higher`.
struct Conversation
{
    Endpoint lower;
    Endpoint higher;
    auto operator<=>(const Conversation&) const = default;
};

Conversation makeConversation(const Endpoint& a, const Endpoint& b);

/// The conversation that a packet belongs to: its own TCP segment's, or that of the segment which
/// it quotes as an ICMP error. Empty for anything else.
std::optional<Conversation> conversationOf(const Packet& packet);

} // namespace tcpw
