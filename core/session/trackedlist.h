// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/trackedpacket.h"
#include "store/pagedarray.h"

#include <atomic>
#include <cstddef>

namespace tcpw {

/// What the tracker says of each packet, in the order of the store, in chunks that never move: 8
/// bytes, and 12 more for one that refers to another packet. One thread appends and drops; any
/// thread may read what size() has told it, without a lock.
class TrackedList
{
public:
    std::size_t size() const { return m_size.load(std::memory_order_acquire); }
    /// The first packet that is kept; size() when none is.
    std::size_t first() const { return m_first.load(std::memory_order_acquire); }
    /// Of a packet that is no longer kept: as of one that is no TCP.
    TrackedPacket at(std::size_t index) const;

    /// False, and nothing is appended, when there is no memory left.
    bool append(const TrackedPacket& packet);
    /// Gives back the memory of what was said of the packets before this one; packets keep their
    /// numbers. Of those that are not appended yet nothing is dropped.
    void dropBefore(std::size_t packet);
    /// Forgets all, and begins with the packet `first`, as though those before it were dropped;
    /// nobody may be reading.
    void clear(std::size_t first = 0);

private:
    struct Entry
    {
        std::uint32_t connection;
        std::uint16_t names;
        std::uint8_t reason : 6;
        bool fromInitiator : 1;
        bool hasReference : 1;
        std::uint8_t states;
    };
    static_assert(sizeof(Entry) == 8, "one is kept for each packet of a capture");

    /// What few packets have.
    struct Reference
    {
        std::uint32_t packet; ///< whose it is; they rise
        std::uint32_t refersTo;
        std::uint16_t count;
        std::uint16_t elapsedCode;
    };

    /// The place of the first reference of `packet` or one after it; their count where none is.
    std::size_t referenceFrom(std::size_t packet) const;
    /// Zeros when it is no longer kept.
    Reference referenceOf(std::size_t packet) const;

    PagedArray<Entry> m_packets;
    PagedArray<Reference> m_references;
    std::atomic<std::size_t> m_size = 0;
    std::atomic<std::size_t> m_first = 0;
    std::atomic<std::size_t> m_referenceCount = 0;
    std::atomic<std::size_t> m_firstReference = 0;
};

} // namespace tcpw
