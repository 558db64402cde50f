// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/packetstore.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <vector>

namespace tcpw {

/// The index of a store, in chunks that never move. One thread stages and publishes; any thread may
/// read what is published, without a lock: what size() counts was written before.
class PacketIndexList
{
public:
    static constexpr std::size_t chunkLength = std::size_t{1} << 17; ///< in packets, 3 MiB
    static constexpr std::size_t maximumChunks = std::size_t{1} << 14;
    static constexpr std::size_t maximumLinkTypes = 64;

    PacketIndexList();

    std::size_t size() const { return m_size.load(std::memory_order_acquire); }
    PacketRecord record(std::size_t index) const;
    std::uint64_t offset(std::size_t index) const;
    std::uint32_t capturedLength(std::size_t index) const { return at(index).capturedLength; }

    /// Notes a packet behind the published and staged ones; nobody sees it yet. Fails with a
    /// sentence when there is no memory or no number for its link type left.
    Result<void> stage(const PacketRecord& record, std::uint64_t offset);
    std::size_t staged() const { return m_end - m_size.load(std::memory_order_relaxed); }
    std::uint64_t stagedOffset(std::size_t number) const;
    /// Shows the first `count` of the staged packets to all, and forgets the others.
    void publish(std::size_t count);
    /// Forgets all packets; nobody may be reading.
    void clear();

private:
    const PacketIndex& at(std::size_t index) const
    {
        return m_chunks[index / chunkLength][index % chunkLength];
    }
    Result<void> addChunk();
    /// The number of a link type in the list, or maximumLinkTypes when it is full.
    std::size_t linkTypeNumber(LinkType type);

    using Chunk = std::unique_ptr<PacketIndex[]>;
    std::unique_ptr<Chunk[]> m_chunks;
    std::array<LinkType, maximumLinkTypes> m_linkTypes = {};
    std::size_t m_linkTypeCount = 0;
    std::size_t m_lastLinkType = 0;
    std::size_t m_end = 0; ///< published and staged
    std::atomic<std::size_t> m_size = 0; ///< published
};

} // namespace tcpw
