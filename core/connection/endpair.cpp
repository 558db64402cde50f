// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/endpair.h"

#include <cstring>

namespace tcpw {

namespace {

/// Stirs one number into another (the finisher of MurmurHash3, public domain).
std::uint64_t stir(std::uint64_t value)
{
    value ^= value >> 33;
    value *= 0xff51'afd7'ed55'8ccdull;
    value ^= value >> 33;
    value *= 0xc4ce'b9fe'1a85'ec53ull;
    return value ^ value >> 33;
}

std::uint64_t hashOf(const Endpoint& end)
{
    if (const auto* ipv4 = std::get_if<Ipv4Address>(&end.address))
        return stir(std::uint64_t(ipv4->value) << 16 | end.port);
    std::uint64_t halves[2];
    std::memcpy(halves, std::get<Ipv6Address>(end.address).octets.data(), sizeof halves);
    return stir(halves[0] + stir(halves[1] ^ end.port));
}

} // namespace

EndPair::EndPair(const Endpoint& source, const Endpoint& destination)
    : m_lower(&source)
    , m_higher(&destination)
{
    // Ports mostly tell which is which, and any order does.
    const bool exchanged = source.port != destination.port ? destination.port < source.port
                                                           : destination.address < source.address;
    if (exchanged) {
        std::swap(m_lower, m_higher);
        m_fromLower = false;
    }
    m_hash = static_cast<std::uint32_t>(stir(hashOf(*m_lower) * 31 + hashOf(*m_higher)));
}

} // namespace tcpw
