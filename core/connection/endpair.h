// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/conversation.h"

#include <cstdint>
#include <utility>

namespace tcpw {

/// The two ends of a segment in a fixed order and with their hash: what its connection is looked up
/// by. The endpoints must outlive it.
class EndPair
{
public:
    EndPair(const Endpoint& source, const Endpoint& destination);

    const Endpoint& lower() const { return *m_lower; }
    const Endpoint& higher() const { return *m_higher; }
    bool isFromLower() const { return m_fromLower; }
    bool areEqual() const { return *m_lower == *m_higher; }
    std::uint32_t hash() const { return m_hash; }
    bool isIpv6() const { return std::holds_alternative<Ipv6Address>(m_lower->address); }

private:
    const Endpoint* m_lower;
    const Endpoint* m_higher;
    std::uint32_t m_hash;
    bool m_fromLower = true;
};

/// The ends of a connection in little memory: those of IPv4 themselves, of IPv6 the place of both
/// addresses in a list.
struct StoredEnds
{
    std::uint32_t lower = 0; ///< the address; of IPv6 the place
    std::uint32_t higher = 0; ///< the address
    std::uint16_t lowerPort = 0;
    std::uint16_t higherPort = 0;
};

/// Both addresses of a connection over IPv6.
using Ipv6Pair = std::pair<Ipv6Address, Ipv6Address>;

} // namespace tcpw
