// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/trackedpacket.h"

#include <atomic>
#include <cstddef>
#include <memory>

namespace tcpw {

/// What the tracker says of each packet, in the order of the store, in chunks that never move. One
/// thread appends; any thread may read what size() has told it, without a lock.
class TrackedList
{
public:
    static constexpr std::size_t chunkLength = std::size_t{1} << 17; ///< in packets, 2 MiB
    static constexpr std::size_t maximumChunks = std::size_t{1} << 14;

    TrackedList();

    std::size_t size() const { return m_size.load(std::memory_order_acquire); }
    const TrackedPacket& at(std::size_t index) const
    {
        return m_chunks[index / chunkLength][index % chunkLength];
    }

    /// False, and nothing is appended, when there is no memory left.
    bool append(const TrackedPacket& packet);
    /// Forgets all; nobody may be reading.
    void clear();

private:
    using Chunk = std::unique_ptr<TrackedPacket[]>;
    std::unique_ptr<Chunk[]> m_chunks;
    std::atomic<std::size_t> m_size = 0;
};

} // namespace tcpw
