// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/packetmerger.h"

#include <algorithm>
#include <utility>

namespace tcpw {

PacketMerger::PacketMerger(std::size_t rings)
    : m_rings(rings)
{
}

void PacketMerger::append(std::size_t ring, const PacketRecord& record, ByteView bytes)
{
    Ring& target = m_rings[ring];
    if (target.packets.empty()) // growing would copy all of it several times
        target.packets.reserve(target.usualCount, target.usualBytes);
    target.packets.append(record, bytes);
    target.newest = record.timestamp;
}

void PacketMerger::setDrained(std::size_t ring, bool drained)
{
    m_rings[ring].drained = drained;
}

bool PacketMerger::empty() const
{
    return std::none_of(
        m_rings.begin(), m_rings.end(), [](const Ring& ring) { return ring.waiting(); });
}

std::size_t PacketMerger::waitingBytes(std::size_t ring) const
{
    return m_rings[ring].packets.byteCount();
}

PacketBatch PacketMerger::take()
{
    return merge(false);
}

PacketBatch PacketMerger::takeAll()
{
    return merge(true);
}

PacketMerger::Ring* PacketMerger::ringOfOldest()
{
    Ring* oldest = nullptr;
    for (Ring& ring : m_rings)
        if (ring.waiting() && (!oldest || ring.oldest() < oldest->oldest()))
            oldest = &ring;
    return oldest;
}

bool PacketMerger::safe(const Ring& oldest) const
{
    return std::all_of(m_rings.begin(), m_rings.end(), [&oldest](const Ring& ring) {
        return ring.waiting() || ring.drained || ring.newest >= oldest.oldest();
    });
}

/// A flood goes on with batches like this one; after it they become small again.
PacketBatch PacketMerger::takeWhole(Ring& ring)
{
    const auto between = [](std::size_t usual, std::size_t now) {
        return now + (usual > now ? (usual - now) / 2 : 0);
    };
    ring.usualCount = between(ring.usualCount, ring.packets.size());
    ring.usualBytes = between(ring.usualBytes, ring.packets.byteCount());
    return std::exchange(ring.packets, {});
}

PacketBatch PacketMerger::merge(bool everything)
{
    const auto others = std::count_if(
        m_rings.begin(), m_rings.end(), [](const Ring& ring) { return ring.waiting(); });
    PacketBatch result;
    for (Ring* ring = ringOfOldest(); ring && (everything || safe(*ring)); ring = ringOfOldest()) {
        const bool alone = others == 1 && ring->next == 0
            && (everything || std::all_of(m_rings.begin(), m_rings.end(), [](const Ring& each) {
                   return each.waiting() || each.drained;
               }));
        if (alone) // the usual case: no copy
            return takeWhole(*ring);
        result.append(ring->packets.record(ring->next), ring->packets.bytes(ring->next));
        if (++ring->next == ring->packets.size()) {
            ring->packets.clear();
            ring->next = 0;
        }
    }
    return result;
}

} // namespace tcpw
