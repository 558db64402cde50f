// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/trackedlist.h"

#include <new>

namespace tcpw {

TrackedList::TrackedList()
    : m_chunks(std::make_unique<Chunk[]>(maximumChunks))
{
}

bool TrackedList::append(const TrackedPacket& packet)
{
    const std::size_t index = m_size.load(std::memory_order_relaxed);
    const std::size_t number = index / chunkLength;
    if (number >= maximumChunks)
        return false;
    if (!m_chunks[number])
        m_chunks[number].reset(new (std::nothrow) TrackedPacket[chunkLength]);
    if (!m_chunks[number])
        return false;
    m_chunks[number][index % chunkLength] = packet;
    m_size.store(index + 1, std::memory_order_release);
    return true;
}

void TrackedList::clear()
{
    m_size.store(0, std::memory_order_release);
    for (std::size_t i = 0; i < maximumChunks && m_chunks[i]; ++i)
        m_chunks[i].reset();
}

} // namespace tcpw
