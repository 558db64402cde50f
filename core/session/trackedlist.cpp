// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/trackedlist.h"

#include <algorithm>

namespace tcpw {

TrackedPacket TrackedList::at(std::size_t index) const
{
    if (index < first())
        return TrackedPacket();
    const TrackedPacket packet = m_packets[index];
    // Asked once more: what was dropped meanwhile may have been zeros.
    return index < first() ? TrackedPacket() : packet;
}

bool TrackedList::append(const TrackedPacket& packet)
{
    const std::size_t index = m_size.load(std::memory_order_relaxed);
    if (index >= m_packets.maximumLength || !m_packets.reserve(index))
        return false;
    m_packets[index] = packet;
    m_size.store(index + 1, std::memory_order_release);
    return true;
}

void TrackedList::dropBefore(std::size_t packet)
{
    const std::size_t begin = m_first.load(std::memory_order_relaxed);
    const std::size_t end = std::min(packet, size());
    if (end <= begin)
        return;
    m_first.store(end, std::memory_order_seq_cst);
    m_packets.giveBack(begin, end);
}

void TrackedList::clear(std::size_t first)
{
    m_size.store(first, std::memory_order_release);
    m_first.store(first, std::memory_order_release);
    m_packets.clear();
}

} // namespace tcpw
