// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/packetindexlist.h"

#include <algorithm>
#include <cassert>

namespace tcpw {

namespace {

constexpr unsigned linkTypeBits = 6;
static_assert(PacketIndexList::maximumLinkTypes == 1u << linkTypeBits);

} // namespace

PacketRecord PacketIndexList::record(std::size_t index) const
{
    const PacketIndex& entry = m_entries[index];
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
    const PacketIndex& entry = m_entries[index];
    return std::uint64_t{entry.offsetHigh} << 32 | entry.offsetLow;
}

Result<void> PacketIndexList::stage(const PacketRecord& record, std::uint64_t offset)
{
    const std::size_t linkType = linkTypeNumber(record.linkType);
    if (linkType == maximumLinkTypes)
        return failure(
            "there are more than " + std::to_string(maximumLinkTypes) + " different link types.");
    if (m_end >= m_entries.maximumLength)
        return failure(
            "there are more than " + std::to_string(m_entries.maximumLength) + " packets.");
    if (!m_entries.reserve(m_end))
        return failure("there is not enough memory for more packets.");
    PacketIndex& entry = m_entries[m_end];
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
    const std::size_t begin = m_size.load(std::memory_order_relaxed);
    m_end = begin + count;
    m_bytes.store(byteCount() + bytesBetween(begin, m_end), std::memory_order_relaxed);
    m_size.store(m_end, std::memory_order_release);
}

std::uint64_t PacketIndexList::bytesBetween(std::size_t begin, std::size_t end) const
{
    std::uint64_t bytes = 0;
    for (; begin < end; ++begin)
        bytes += capturedLength(begin);
    return bytes;
}

void PacketIndexList::hideBefore(std::size_t packet)
{
    const std::size_t begin = m_first.load(std::memory_order_relaxed);
    assert(packet >= begin && packet <= m_size.load(std::memory_order_relaxed));
    m_bytes.store(byteCount() - bytesBetween(begin, packet), std::memory_order_relaxed);
    // Before memory and file lose what is hidden: who saw it missing must find this.
    m_first.store(packet, std::memory_order_seq_cst);
}

void PacketIndexList::giveBackHidden()
{
    const std::size_t end = m_first.load(std::memory_order_relaxed);
    m_entries.giveBack(m_givenBack, end);
    m_givenBack = end;
}

void PacketIndexList::clear()
{
    m_size.store(0, std::memory_order_release);
    m_first.store(0, std::memory_order_release);
    m_bytes.store(0, std::memory_order_relaxed);
    m_entries.clear();
    m_end = 0;
    m_givenBack = 0;
    m_linkTypeCount = 0;
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
