// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/segmentsahead.h"

#include <exception>

namespace tcpw {

namespace {

constexpr std::size_t mostBytes = 1u << 20; ///< of packets in a block: nobody waits for more

} // namespace

std::unique_ptr<SegmentsAhead> SegmentsAhead::start(const PacketStore& store, std::size_t first)
{
    try {
        std::unique_ptr<SegmentsAhead> ahead(new SegmentsAhead(store, first));
        ahead->m_thread = std::thread([reader = ahead.get()] { reader->run(); });
        return ahead;
    } catch (const std::exception&) { // no thread, or no memory
        return {};
    }
}

SegmentsAhead::SegmentsAhead(const PacketStore& store, std::size_t first)
    : m_store(store)
    , m_reader(store)
    , m_next(first)
    , m_blocks(std::make_unique_for_overwrite<Block[]>(blockCount))
{
}

SegmentsAhead::~SegmentsAhead()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    m_room.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void SegmentsAhead::run()
{
    for (bool more = true; more;) {
        std::size_t number = 0;
        {
            std::unique_lock lock(m_mutex);
            // The one that was taken last is still looked at.
            if (m_filled - m_given + 1 >= blockCount)
                m_room.wait(lock, [this] { return m_isEnding || hasRoomAgain(); });
            if (m_isEnding)
                return;
            number = m_filled;
        }
        more = fill(blockOf(number));
        {
            const std::scoped_lock lock(m_mutex);
            m_filled += more ? 1 : 0;
            m_isRead = !more;
        }
        m_more.notify_one();
    }
}

/// False when there is nothing to put into it.
bool SegmentsAhead::fill(Block& block)
{
    const std::size_t size = m_store.size();
    block.count = 0;
    for (std::size_t bytes = 0; block.count < blockLength && bytes < mostBytes; ++m_next) {
        if (m_next >= size || m_isEnding)
            break;
        block.packets[block.count++] = readPacket(m_reader, m_next);
        bytes += m_reader.record().capturedLength;
    }
    return block.count > 0;
}

std::span<const ReadPacket> SegmentsAhead::take()
{
    std::unique_lock lock(m_mutex);
    m_more.wait(lock, [this] { return m_isRead || m_given < m_filled; });
    if (m_given == m_filled)
        return {};
    const Block& block = blockOf(m_given++);
    const bool hasRoom = hasRoomAgain();
    lock.unlock();
    if (hasRoom)
        m_room.notify_one();
    return std::span(block.packets).first(block.count);
}

} // namespace tcpw
