// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/initialsequences.h"

#include <algorithm>

namespace tcpw {

std::optional<std::pair<Endpoint, Endpoint>> endsOf(const Summary& summary)
{
    if (!summary.isTcp || !summary.source || !summary.destination)
        return {};
    return std::pair(Endpoint{*summary.source, summary.sourcePort},
        Endpoint{*summary.destination, summary.destinationPort});
}

void InitialSequences::note(std::size_t row, const Summary& summary)
{
    const auto ends = endsOf(summary);
    if (!ends)
        return;
    const std::scoped_lock lock(m_mutex);
    const auto known = m_starts.find(*ends);
    if (known == m_starts.end()) {
        if (m_starts.size() < maximumDirections)
            m_starts.emplace(*ends, std::vector<Start>{{row, summary.sequenceNumber}});
        return;
    }
    std::vector<Start>& starts = known->second;
    const bool another = summary.controlBits.has(ControlBits::syn)
        && starts.back().sequenceNumber != summary.sequenceNumber;
    if (another && starts.size() < maximumPerDirection)
        starts.push_back({row, summary.sequenceNumber});
}

std::optional<std::uint32_t> InitialSequences::find(
    std::size_t row, const Endpoint& from, const Endpoint& to) const
{
    const std::scoped_lock lock(m_mutex);
    const auto known = m_starts.find({from, to});
    if (known == m_starts.end())
        return {};
    const auto after = std::ranges::upper_bound(known->second, row, {}, &Start::row);
    if (after == known->second.begin())
        return {};
    return std::prev(after)->sequenceNumber;
}

void InitialSequences::clear()
{
    const std::scoped_lock lock(m_mutex);
    m_starts.clear();
}

} // namespace tcpw
