// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/packetstore.h"

namespace tcpw {

/// Reads packets of a store one after another, many with one system call: the way to go through all
/// of them. Belongs to one thread; each thread has its own. The store must outlive it.
class PacketReader
{
public:
    explicit PacketReader(const PacketStore& store);

    /// The packet's bytes, valid until the next call; fails as PacketStore::bytes() does.
    Result<ByteView> bytes(std::size_t index);
    /// What the store has of the packet that was asked for last, if it is there.
    const PacketRecord& record() const { return m_record; }

private:
    bool holds(std::uint64_t offset, std::size_t size) const;
    /// Reads from `offset` on: `size` bytes, and more up to `limit` when asked in order. errno or
    /// 0.
    int fill(std::uint64_t offset, std::size_t size, std::uint64_t limit);

    const PacketStore& m_store;
    std::unique_ptr<std::uint8_t[]> m_buffer;
    std::uint64_t m_start = 0; ///< of the buffer in the file
    std::size_t m_count = 0;
    std::uint64_t m_next = 0; ///< where the packet before ended
    std::uint64_t m_generation = 0;
    PacketRecord m_record;
};

} // namespace tcpw
