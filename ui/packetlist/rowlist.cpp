// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/rowlist.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tcpw {

namespace {

std::vector<quint32> range(qsizetype first, qsizetype end)
{
    std::vector<quint32> packets(std::size_t(end - first));
    std::iota(packets.begin(), packets.end(), quint32(first));
    return packets;
}

} // namespace

qsizetype RowList::size() const
{
    return m_sorted ? qsizetype(m_sorted->size()) : sizeInOrder();
}

qsizetype RowList::sizeInOrder() const
{
    return m_picked ? qsizetype(m_picked->size()) : m_end - m_first;
}

qsizetype RowList::packetAt(qsizetype row) const
{
    if (m_sorted)
        return (*m_sorted)[std::size_t(row)];
    return m_picked ? qsizetype((*m_picked)[std::size_t(row)]) : m_first + row;
}

qsizetype RowList::rowOf(qsizetype packet) const
{
    if (packet < m_first || packet >= m_end)
        return -1;
    if (m_sorted) {
        const auto found = std::ranges::find(*m_sorted, quint32(packet));
        return found == m_sorted->end() ? -1 : found - m_sorted->begin();
    }
    if (!m_picked)
        return packet - m_first;
    const auto found = std::ranges::lower_bound(*m_picked, quint32(packet));
    const bool picked = found != m_picked->end() && *found == quint32(packet);
    return picked ? found - m_picked->begin() : -1;
}

void RowList::setRange(qsizetype first, qsizetype end)
{
    m_first = first;
    m_end = end;
}

void RowList::setPicking(bool picking)
{
    m_picked.reset();
    m_sorted.reset();
    if (picking)
        m_picked.emplace();
}

void RowList::pick(const std::vector<quint32>& packets)
{
    m_picked->insert(m_picked->end(), packets.begin(), packets.end());
}

std::vector<quint32> RowList::inOrder() const
{
    return m_picked ? std::vector<quint32>(m_picked->begin(), m_picked->end())
                    : range(m_first, m_end);
}

std::function<std::vector<quint32>()> RowList::listInOrder() const
{
    if (m_picked)
        return [picked = inOrder()]() mutable {
            return std::move(picked);
        };
    return [first = m_first, end = m_end] {
        return range(first, end);
    };
}

qsizetype RowList::forgottenBy(qsizetype first) const
{
    if (!m_picked)
        return std::clamp(first, m_first, m_end) - m_first;
    return std::ranges::lower_bound(*m_picked, quint32(first)) - m_picked->begin();
}

void RowList::forget(qsizetype first)
{
    if (m_picked)
        m_picked->erase(m_picked->begin(), m_picked->begin() + forgottenBy(first));
    if (m_sorted)
        std::erase_if(*m_sorted, [first](quint32 packet) { return packet < quint32(first); });
    m_first = std::max(first, m_first);
    m_end = std::max(m_end, m_first); // those that wait for their rows may be gone too
}

} // namespace tcpw
