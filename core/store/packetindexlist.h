// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/packetstore.h"
#include "store/pagedarray.h"

#include <array>
#include <atomic>
#include <cstddef>

namespace tcpw {

/// The index of a store, in chunks that never move. One thread stages and publishes; any thread may
/// read what is published, without a lock: what size() counts was written before.
class PacketIndexList
{
public:
    static constexpr std::size_t maximumLinkTypes = 64;

    std::size_t size() const { return m_size.load(std::memory_order_acquire); }
    /// The first packet that is kept; size() when none is. Who finds after reading a packet that it
    /// is not before first() has read what was published.
    std::size_t first() const { return m_first.load(std::memory_order_acquire); }
    /// How many bytes the packets have that are kept.
    std::uint64_t byteCount() const { return m_bytes.load(std::memory_order_relaxed); }
    PacketRecord record(std::size_t index) const;
    std::uint64_t offset(std::size_t index) const;
    std::uint32_t capturedLength(std::size_t index) const
    {
        return m_entries[index].capturedLength;
    }

    /// Notes a packet behind the published and staged ones; nobody sees it yet. Fails with a
    /// sentence when there is no memory or no number for its link type left.
    Result<void> stage(const PacketRecord& record, std::uint64_t offset);
    std::size_t staged() const { return m_end - m_size.load(std::memory_order_relaxed); }
    std::uint64_t stagedOffset(std::size_t number) const;
    /// Shows the first `count` of the staged packets to all, and forgets the others.
    void publish(std::size_t count);
    /// Moves first() on to `packet`, which must be between first() and size().
    void hideBefore(std::size_t packet);
    /// Gives back the memory of what was hidden. Who still reads it finds zeros.
    void giveBackHidden();
    /// Forgets all packets; nobody may be reading.
    void clear();

private:
    std::uint64_t bytesBetween(std::size_t begin, std::size_t end) const; ///< of packets
    /// The number of a link type in the list, or maximumLinkTypes when it is full.
    std::size_t linkTypeNumber(LinkType type);

    PagedArray<PacketIndex> m_entries;
    std::array<LinkType, maximumLinkTypes> m_linkTypes = {};
    std::size_t m_linkTypeCount = 0;
    std::size_t m_lastLinkType = 0;
    std::size_t m_end = 0; ///< published and staged
    std::size_t m_givenBack = 0; ///< packets whose memory was given back
    std::atomic<std::size_t> m_size = 0; ///< published
    std::atomic<std::size_t> m_first = 0; ///< published packets before it are hidden
    std::atomic<std::uint64_t> m_bytes = 0; ///< of the published packets that are not hidden
};

} // namespace tcpw
