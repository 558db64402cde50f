// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/summary.h"

namespace tcpw {

namespace {

/// The types whose messages quote the packet they are about (RFC 792; RFC 4443, section 2.1).
bool quotes(const IcmpHeader& icmp)
{
    if (icmp.version6)
        return icmp.type >= 1 && icmp.type <= 4;
    switch (icmp.type) {
    case 3: // destination unreachable
    case 4: // source quench
    case 5: // redirect
    case 11: // time exceeded
    case 12: // parameter problem
        return true;
    }
    return false;
}

} // namespace

std::optional<Packet> quotedPacket(const Packet& packet)
{
    for (std::size_t i = 0; i + 1 < packet.layers.size(); ++i) {
        const auto* icmp = std::get_if<IcmpHeader>(&packet.layers[i]);
        const auto* payload = std::get_if<Payload>(&packet.layers[i + 1]);
        if (icmp)
            return quotes(*icmp) && payload ? std::optional(decode(payload->bytes, LinkType::raw))
                                            : std::nullopt;
    }
    return std::nullopt;
}

} // namespace tcpw
