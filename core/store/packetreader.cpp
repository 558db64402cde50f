// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/packetreader.h"

#include "store/captureformat.h"
#include "store/packetstoreprivate.h"

#include <algorithm>

namespace tcpw {

namespace {

constexpr std::size_t capacity = captureformat::maximumPacketLength + 4;
constexpr std::size_t singleRead = 4096; // where packets are not asked for in order
constexpr std::size_t orderedRead = 64 * 1024; // where they are; more is no faster

} // namespace

PacketReader::PacketReader(const PacketStore& store)
    : m_store(store)
    , m_buffer(std::make_unique_for_overwrite<std::uint8_t[]>(capacity))
{
}

bool PacketReader::holds(std::uint64_t offset, std::size_t size) const
{
    return offset >= m_start && offset - m_start <= m_count
        && size <= m_count - static_cast<std::size_t>(offset - m_start);
}

int PacketReader::fill(std::uint64_t offset, std::size_t size, std::uint64_t limit)
{
    const bool inOrder = offset >= m_next && offset - m_next < capacity;
    const std::uint64_t most = std::max(inOrder ? orderedRead : singleRead, size);
    const auto wanted
        = std::min<std::uint64_t>(most, std::max<std::uint64_t>(limit, offset + size) - offset);
    const Transfer got
        = readAt(m_store.d->file(), offset, {m_buffer.get(), static_cast<std::size_t>(wanted)});
    m_start = offset;
    m_count = got.count;
    return got.count >= size ? 0 : got.error;
}

Result<ByteView> PacketReader::bytes(std::size_t index)
{
    const PacketStore::Private& d = *m_store.d;
    constexpr std::size_t guardSize = PacketStore::Private::guardSize;
    const std::size_t count = d.index.size();
    const auto gone = [&d, index] {
        return tl::unexpected<Error>(d.isThere(index).error());
    };
    if (index >= count || index < d.index.first()) {
        m_record = {};
        return gone();
    }
    if (const auto generation = d.generation.load(std::memory_order_relaxed);
        generation != m_generation) {
        m_generation = generation;
        m_count = 0;
    }
    const PacketRecord record = m_record = d.index.record(index);
    const std::uint64_t offset = d.index.offset(index) - guardSize;
    const std::size_t size = guardSize + record.capturedLength;
    if (index < d.index.first()) {
        m_record = {};
        return gone(); // while it was read, for offset and length may be zeros
    }
    if (!holds(offset, size)) {
        // What is behind the last packet may still be written anew.
        const std::uint64_t limit
            = d.index.offset(count - 1) + d.index.record(count - 1).capturedLength;
        const int error = fill(offset, size, limit);
        if (index < d.index.first())
            return gone();
        if (error != 0)
            return PacketStore::Private::unreadable(index, error);
    }
    m_next = offset + size;
    if (!holds(offset, size))
        return PacketStore::Private::changed(index);
    const auto start = static_cast<std::size_t>(offset - m_start);
    const ByteView found(m_buffer.get() + start, size);
    if (!d.guardHolds(found.first(guardSize), record))
        return PacketStore::Private::changed(index);
    return found.subspan(guardSize);
}

} // namespace tcpw
