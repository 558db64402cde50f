// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/trackedlist.h"

#include <algorithm>

namespace tcpw {

namespace {

static_assert(unsigned(Reason::dataWhileHalfClosed) < 1 << 6, "an entry has six bits for it");

bool needsReference(const TrackedPacket& packet)
{
    return packet.refersTo != 0 || packet.count != 0 || packet.elapsedCode != 0;
}

} // namespace

TrackedPacket TrackedList::at(std::size_t index) const
{
    TrackedPacket packet;
    if (index < first())
        return packet;
    const Entry entry = m_packets[index];
    packet.connection = entry.connection;
    packet.names.bits = entry.names;
    packet.reason = Reason(entry.reason);
    packet.fromInitiator = entry.fromInitiator;
    packet.states = entry.states;
    if (entry.hasReference) {
        const Reference reference = referenceOf(index);
        packet.refersTo = reference.refersTo;
        packet.count = reference.count;
        packet.elapsedCode = reference.elapsedCode;
    }
    // Asked once more: what was dropped meanwhile may have been zeros.
    return index < first() ? TrackedPacket() : packet;
}

/// Where memory was given back there are zeros, which rise to the rest as well.
std::size_t TrackedList::referenceFrom(std::size_t packet) const
{
    std::size_t begin = m_firstReference.load(std::memory_order_relaxed);
    std::size_t end = m_referenceCount.load(std::memory_order_acquire);
    while (begin < end) {
        const std::size_t middle = begin + (end - begin) / 2;
        if (m_references[middle].packet < packet)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

TrackedList::Reference TrackedList::referenceOf(std::size_t packet) const
{
    const std::size_t place = referenceFrom(packet);
    return place < m_referenceCount.load(std::memory_order_acquire) ? m_references[place]
                                                                    : Reference();
}

bool TrackedList::append(const TrackedPacket& packet)
{
    const std::size_t index = m_size.load(std::memory_order_relaxed);
    if (index >= m_packets.maximumLength || !m_packets.reserve(index))
        return false;
    const bool hasReference = needsReference(packet);
    if (hasReference) {
        const std::size_t count = m_referenceCount.load(std::memory_order_relaxed);
        if (!m_references.reserve(count))
            return false;
        m_references[count] = {
            static_cast<std::uint32_t>(index), packet.refersTo, packet.count, packet.elapsedCode};
        m_referenceCount.store(count + 1, std::memory_order_release);
    }
    m_packets[index]
        = {packet.connection, packet.names.bits, static_cast<std::uint8_t>(packet.reason),
            packet.fromInitiator, hasReference, packet.states};
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
    const std::size_t firstReference = m_firstReference.load(std::memory_order_relaxed);
    const std::size_t endReference = referenceFrom(end);
    m_firstReference.store(endReference, std::memory_order_relaxed);
    m_references.giveBack(firstReference, endReference);
}

void TrackedList::clear(std::size_t first)
{
    m_size.store(first, std::memory_order_release);
    m_first.store(first, std::memory_order_release);
    m_referenceCount.store(0, std::memory_order_relaxed);
    m_firstReference.store(0, std::memory_order_relaxed);
    m_packets.clear();
    m_references.clear();
}

} // namespace tcpw
