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

/// Of both ends in their fixed order.
std::uint64_t hashOf(const Endpoint& lower, const Endpoint& higher)
{
    // An odd constant (2^64 over the golden ratio) spreads the ports over all bits.
    const std::uint64_t ports
        = (std::uint64_t(lower.port) << 16 | higher.port) * 0x9e37'79b9'7f4a'7c15ull;
    const auto* first = std::get_if<Ipv4Address>(&lower.address);
    const auto* second = std::get_if<Ipv4Address>(&higher.address);
    if (first && second)
        return stir((std::uint64_t(first->value) << 32 | second->value) + ports);
    std::uint64_t hash = ports;
    for (const Endpoint* end : {&lower, &higher}) {
        std::uint64_t halves[2];
        std::memcpy(halves, std::get<Ipv6Address>(end->address).octets.data(), sizeof halves);
        hash = stir(stir(hash ^ halves[0]) ^ halves[1]);
    }
    return hash;
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
    m_hash = static_cast<std::uint32_t>(hashOf(*m_lower, *m_higher));
}

} // namespace tcpw
