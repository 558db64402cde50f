// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/sentsegments.h"

#include "connection/sequence.h"

#include <algorithm>

namespace tcpw {

/// The first segment that begins behind `sequenceNumber`.
std::vector<SentSegment>::iterator SentSegments::firstBehind(std::uint32_t sequenceNumber)
{
    return std::upper_bound(m_segments.begin() + static_cast<std::ptrdiff_t>(m_first),
        m_segments.end(), sequenceNumber, [](std::uint32_t number, const SentSegment& segment) {
            return comesBefore(number, segment.begin);
        });
}

SentSegment* SentSegments::find(std::uint32_t sequenceNumber)
{
    const auto behind = firstBehind(sequenceNumber);
    if (behind == m_segments.begin() + static_cast<std::ptrdiff_t>(m_first))
        return nullptr;
    SentSegment& candidate = *(behind - 1);
    return comesBefore(sequenceNumber, candidate.end) ? &candidate : nullptr;
}

void SentSegments::add(const SentSegment& segment)
{
    if (size() >= most)
        return;
    if (empty() || comesBefore(m_segments.back().begin, segment.begin))
        m_segments.push_back(segment);
    else
        m_segments.insert(firstBehind(segment.begin), segment);
}

std::optional<std::int64_t> SentSegments::acknowledge(std::uint32_t acknowledgment)
{
    std::optional<std::int64_t> sent;
    while (!empty() && isAtOrBefore(m_segments[m_first].end, acknowledgment)) {
        const SentSegment& segment = m_segments[m_first++];
        sent.reset();
        if (segment.repeats == 0)
            sent = segment.lastTime;
    }
    if (empty())
        clear();
    else if (m_first > m_segments.size() / 2) {
        m_segments.erase(
            m_segments.begin(), m_segments.begin() + static_cast<std::ptrdiff_t>(m_first));
        m_first = 0;
    }
    return sent;
}

/// Gives room back that only a busy time needed; a little stays for the next segments.
void SentSegments::clear()
{
    constexpr std::size_t kept = 8;
    m_segments.clear();
    m_first = 0;
    if (m_segments.capacity() > kept)
        m_segments.shrink_to_fit();
}

} // namespace tcpw
