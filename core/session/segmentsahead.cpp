// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/segmentsahead.h"

#include <algorithm>
#include <system_error>

namespace tcpw {

std::unique_ptr<SegmentsAhead> SegmentsAhead::start(const PacketStore& store, std::size_t first)
{
    std::unique_ptr<SegmentsAhead> ahead(new SegmentsAhead(store, first));
    try {
        ahead->m_thread = std::thread([reader = ahead.get()] { reader->run(); });
    } catch (const std::system_error&) {
        return {};
    }
    return ahead;
}

SegmentsAhead::SegmentsAhead(const PacketStore& store, std::size_t first)
    : m_store(store)
    , m_reader(store)
    , m_next(first)
    , m_blocks(std::make_unique<Block[]>(blockCount))
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
    block.count = size > m_next ? std::min(size - m_next, blockLength) : 0;
    for (ReadPacket& packet : std::span(block.packets).first(block.count))
        packet = readPacket(m_reader, m_next++);
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
