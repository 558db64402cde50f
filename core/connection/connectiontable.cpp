// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/connectiontable.h"

#include "connection/trackedpacket.h"

#include <algorithm>
#include <bit>

namespace tcpw {

namespace {

constexpr std::size_t firstSlots = 64;
constexpr std::size_t fewConnections = 4096; // that are not worth to be looked through

} // namespace

std::pair<Endpoint, Endpoint> ConnectionTable::endsOf(const Connection& connection) const
{
    const StoredEnds& ends = connection.ends;
    std::pair<Endpoint, Endpoint> pair{{{}, ends.lowerPort}, {{}, ends.higherPort}};
    if (connection.isIpv6) {
        const auto& [lower, higher] = m_ipv6Chunks[ends.lower / chunkSize][ends.lower % chunkSize];
        pair.first.address = lower;
        pair.second.address = higher;
    } else {
        pair.first.address = Ipv4Address{ends.lower};
        pair.second.address = Ipv4Address{ends.higher};
    }
    return pair;
}

bool ConnectionTable::isBetween(const Connection& connection, const EndPair& ends) const
{
    const StoredEnds& stored = connection.ends;
    if (stored.lowerPort != ends.lower().port || stored.higherPort != ends.higher().port
        || connection.isIpv6 != ends.isIpv6())
        return false;
    if (connection.isIpv6) {
        const auto& [lower, higher]
            = m_ipv6Chunks[stored.lower / chunkSize][stored.lower % chunkSize];
        return lower == std::get<Ipv6Address>(ends.lower().address)
            && higher == std::get<Ipv6Address>(ends.higher().address);
    }
    return stored.lower == std::get<Ipv4Address>(ends.lower().address).value
        && stored.higher == std::get<Ipv4Address>(ends.higher().address).value;
}

StoredEnds ConnectionTable::store(const EndPair& ends)
{
    StoredEnds stored{0, 0, ends.lower().port, ends.higher().port};
    if (ends.isIpv6()) {
        const Ipv6Pair pair(std::get<Ipv6Address>(ends.lower().address),
            std::get<Ipv6Address>(ends.higher().address));
        if (!m_freeIpv6.empty()) {
            stored.lower = m_freeIpv6.back();
            m_freeIpv6.pop_back();
            m_ipv6Chunks[stored.lower / chunkSize][stored.lower % chunkSize] = pair;
            return stored;
        }
        if (m_ipv6Size % chunkSize == 0)
            m_ipv6Chunks.emplace_back().reserve(chunkSize);
        m_ipv6Chunks.back().push_back(pair);
        stored.lower = static_cast<std::uint32_t>(m_ipv6Size++);
    } else {
        stored.lower = std::get<Ipv4Address>(ends.lower().address).value;
        stored.higher = std::get<Ipv4Address>(ends.higher().address).value;
    }
    return stored;
}

/// The slot of these ends, or the empty one where they would go.
std::size_t ConnectionTable::slotOf(const EndPair& ends) const
{
    const std::uint32_t hash = ends.hash();
    std::size_t slot = hash & (m_slots.size() - 1);
    while (m_slots[slot].number != 0
        && (m_slots[slot].hash != hash || !isBetween(at(m_slots[slot].number - 1), ends)))
        slot = (slot + 1) & (m_slots.size() - 1);
    return slot;
}

std::uint32_t ConnectionTable::find(const EndPair& ends) const
{
    if (m_slots.empty())
        return TrackedPacket::noConnection;
    // An empty slot's 0 becomes noConnection.
    return m_slots[slotOf(ends)].number - 1;
}

std::uint32_t ConnectionTable::add(const EndPair& ends)
{
    if (m_used * 4 >= m_slots.size() * 3)
        setSlots(m_slots.empty() ? firstSlots : m_slots.size() * 2);
    Slot& slot = m_slots[slotOf(ends)];
    m_used += slot.number == 0 ? 1 : 0;
    if (m_size % chunkSize == 0) {
        m_keptChunks.push_back(static_cast<std::uint32_t>(m_chunks.size()));
        m_chunks.emplace_back().reserve(chunkSize);
    }
    Connection& connection = m_chunks.back().emplace_back();
    connection.ends = store(ends);
    connection.isIpv6 = ends.isIpv6();
    slot = {ends.hash(), static_cast<std::uint32_t>(++m_size)};
    return slot.number - 1;
}

bool ConnectionTable::isOver(const std::vector<Connection>& chunk, std::uint32_t before) const
{
    return chunk.size() == chunkSize
        && std::ranges::all_of(chunk,
            [before](const Connection& connection) { return connection.lastPacket() < before; });
}

void ConnectionTable::forgetBefore(std::uint32_t packet)
{
    // To look at each is worth it only when there are many more than the last time.
    const std::size_t kept = m_keptChunks.size() * chunkSize;
    if (packet == m_forgottenBefore
        || m_size - m_sizeWhenForgotten < std::max(kept / 2, fewConnections))
        return;
    m_sizeWhenForgotten = m_size;
    m_forgottenBefore = packet;
    std::erase_if(m_keptChunks, [this, packet](std::uint32_t place) {
        std::vector<Connection>& chunk = m_chunks[place];
        if (!isOver(chunk, packet))
            return false;
        for (const Connection& connection : chunk)
            if (connection.isIpv6)
                m_freeIpv6.push_back(connection.ends.lower);
        std::vector<Connection>().swap(chunk);
        return true;
    });
    setSlots(std::bit_ceil(std::max(m_keptChunks.size() * chunkSize * 2, firstSlots)));
}

/// Fills so many slots, a power of two, with the connections that are known.
void ConnectionTable::setSlots(std::size_t count)
{
    std::vector<Slot> old(count);
    old.swap(m_slots);
    m_used = 0;
    for (const Slot& filled : old) {
        if (filled.number == 0 || !knows(filled.number - 1))
            continue;
        std::size_t slot = filled.hash & (m_slots.size() - 1);
        while (m_slots[slot].number != 0)
            slot = (slot + 1) & (m_slots.size() - 1);
        m_slots[slot] = filled;
        ++m_used;
    }
}

void ConnectionTable::clear()
{
    *this = {};
}

} // namespace tcpw
