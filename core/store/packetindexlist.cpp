// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/packetindexlist.h"

#include <algorithm>
#include <cassert>
#include <new>

namespace tcpw {

namespace {

constexpr unsigned linkTypeBits = 6;
static_assert(PacketIndexList::maximumLinkTypes == 1u << linkTypeBits);

} // namespace

PacketIndexList::PacketIndexList()
    : m_chunks(std::make_unique<Chunk[]>(maximumChunks))
{
}

PacketRecord PacketIndexList::record(std::size_t index) const
{
    const PacketIndex& entry = at(index);
    PacketRecord record;
    record.timestamp = entry.timestamp;
    record.capturedLength = entry.capturedLength;
    record.originalLength = entry.originalLength;
    record.linkType = m_linkTypes[entry.kind & (maximumLinkTypes - 1)];
    record.device = entry.device;
    record.origin = static_cast<Origin>(entry.kind >> linkTypeBits);
    return record;
}

std::uint64_t PacketIndexList::offset(std::size_t index) const
{
    const PacketIndex& entry = at(index);
    return std::uint64_t{entry.offsetHigh} << 32 | entry.offsetLow;
}

Result<void> PacketIndexList::stage(const PacketRecord& record, std::uint64_t offset)
{
    const std::size_t linkType = linkTypeNumber(record.linkType);
    if (linkType == maximumLinkTypes)
        return failure(
            "there are more than " + std::to_string(maximumLinkTypes) + " different link types.");
    if (m_end % chunkLength == 0) {
        if (auto added = addChunk(); !added)
            return added;
    }
    PacketIndex& entry = m_chunks[m_end / chunkLength][m_end % chunkLength];
    entry.timestamp = record.timestamp;
    entry.offsetLow = static_cast<std::uint32_t>(offset);
    entry.offsetHigh = static_cast<std::uint16_t>(offset >> 32);
    entry.capturedLength = record.capturedLength;
    entry.originalLength = record.originalLength;
    entry.device = record.device;
    entry.kind = static_cast<std::uint8_t>(
        linkType | static_cast<std::size_t>(record.origin) << linkTypeBits);
    ++m_end;
    return {};
}

std::uint64_t PacketIndexList::stagedOffset(std::size_t number) const
{
    return offset(m_size.load(std::memory_order_relaxed) + number);
}

void PacketIndexList::publish(std::size_t count)
{
    assert(count <= staged());
    m_end = m_size.load(std::memory_order_relaxed) + count;
    m_size.store(m_end, std::memory_order_release);
}

void PacketIndexList::clear()
{
    m_size.store(0, std::memory_order_release);
    for (std::size_t i = 0; i < maximumChunks && m_chunks[i]; ++i)
        m_chunks[i].reset();
    m_end = 0;
    m_linkTypeCount = 0;
}

Result<void> PacketIndexList::addChunk()
{
    const std::size_t number = m_end / chunkLength;
    if (number >= maximumChunks)
        return failure(
            "there are more than " + std::to_string(maximumChunks * chunkLength) + " packets.");
    // Only the pages that packets are written to cost memory.
    if (!m_chunks[number])
        m_chunks[number].reset(new (std::nothrow) PacketIndex[chunkLength]);
    if (!m_chunks[number])
        return failure("there is not enough memory for more packets.");
    return {};
}

std::size_t PacketIndexList::linkTypeNumber(LinkType type)
{
    if (m_lastLinkType < m_linkTypeCount && m_linkTypes[m_lastLinkType] == type)
        return m_lastLinkType;
    const auto end = m_linkTypes.begin() + static_cast<std::ptrdiff_t>(m_linkTypeCount);
    m_lastLinkType
        = static_cast<std::size_t>(std::find(m_linkTypes.begin(), end, type) - m_linkTypes.begin());
    if (m_lastLinkType == m_linkTypeCount && m_linkTypeCount < maximumLinkTypes)
        m_linkTypes[m_linkTypeCount++] = type;
    return m_lastLinkType;
}

} // namespace tcpw
