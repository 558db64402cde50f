// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/readpacket.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <span>
#include <thread>

namespace tcpw {

/// Reads the TCP segments of a store on a thread of its own, some thousand packets ahead of the
/// thread that takes them: reading packets is a third of the work of tracking them. Made, asked and
/// ended by that one thread. The store must outlive it.
class SegmentsAhead
{
public:
    /// Begins with the packet `first`, and ends with the last that the store has when it comes
    /// there. Null where no thread or no memory can be had.
    static std::unique_ptr<SegmentsAhead> start(const PacketStore& store, std::size_t first);
    ~SegmentsAhead();

    /// The packets that come next, at least one, in their order; valid until the next call. Waits
    /// for them; empty when there are no more.
    std::span<const ReadPacket> take();

private:
    static constexpr std::size_t blockLength = 256;
    static constexpr std::size_t blockCount = 16; // all in a core's second cache

    struct Block
    {
        std::size_t count = 0;
        std::array<ReadPacket, blockLength> packets;
    };

    SegmentsAhead(const PacketStore& store, std::size_t first);
    void run();
    bool fill(Block& block);
    /// Half of all blocks: threads that wake each other for each one do little else.
    bool hasRoomAgain() const { return m_filled - m_given <= blockCount / 2; }
    Block& blockOf(std::size_t number) { return m_blocks[number % blockCount]; }

    const PacketStore& m_store;
    PacketReader m_reader; ///< of m_thread, as m_next
    std::size_t m_next; ///< packet to be read
    std::unique_ptr<Block[]> m_blocks;
    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_more; ///< blocks to be taken
    std::condition_variable m_room; ///< for blocks to be filled
    std::size_t m_filled = 0; ///< blocks, in all
    std::size_t m_given = 0; ///< of them that were taken; the last may still be looked at
    bool m_isRead = false; ///< there is no more
    std::atomic<bool> m_isEnding = false; ///< asked without the mutex too
    std::thread m_thread; ///< last: it uses the above
};

} // namespace tcpw
