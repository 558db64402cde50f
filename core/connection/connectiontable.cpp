// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/connectiontable.h"

#include "connection/trackedpacket.h"

#include <cstring>

namespace tcpw {

namespace {

constexpr std::size_t firstSlots = 64;

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

std::uint32_t hashOf(const Conversation& ends)
{
    return static_cast<std::uint32_t>(stir(hashOf(ends.lower) * 31 + hashOf(ends.higher)));
}

} // namespace

/// The slot of these ends, or the empty one where they would go.
std::size_t ConnectionTable::slotOf(const Conversation& ends, std::uint32_t hash) const
{
    std::size_t slot = hash & (m_slots.size() - 1);
    while (m_slots[slot].number != 0
        && (m_slots[slot].hash != hash || at(m_slots[slot].number - 1).ends != ends))
        slot = (slot + 1) & (m_slots.size() - 1);
    return slot;
}

std::uint32_t ConnectionTable::find(const Conversation& ends) const
{
    if (m_slots.empty())
        return TrackedPacket::noConnection;
    // An empty slot's 0 becomes noConnection.
    return m_slots[slotOf(ends, hashOf(ends))].number - 1;
}

std::uint32_t ConnectionTable::add(const Conversation& ends)
{
    if (m_used * 2 >= m_slots.size())
        grow();
    const std::uint32_t hash = hashOf(ends);
    Slot& slot = m_slots[slotOf(ends, hash)];
    m_used += slot.number == 0 ? 1 : 0;
    if (m_size % chunkSize == 0)
        m_chunks.emplace_back().reserve(chunkSize);
    m_chunks.back().emplace_back().ends = ends;
    slot = {hash, static_cast<std::uint32_t>(++m_size)};
    return slot.number - 1;
}

void ConnectionTable::grow()
{
    std::vector<Slot> old(m_slots.empty() ? firstSlots : m_slots.size() * 2);
    old.swap(m_slots);
    for (const Slot& filled : old) {
        if (filled.number == 0)
            continue;
        std::size_t slot = filled.hash & (m_slots.size() - 1);
        while (m_slots[slot].number != 0)
            slot = (slot + 1) & (m_slots.size() - 1);
        m_slots[slot] = filled;
    }
}

void ConnectionTable::clear()
{
    m_chunks.clear();
    m_size = 0;
    m_slots.clear();
    m_used = 0;
}

} // namespace tcpw
