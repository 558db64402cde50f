// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/sentsegments.h"

#include "connection/sequence.h"

#include <algorithm>

namespace tcpw {

SentSegment* SentSegments::firstBehind(std::uint32_t sequenceNumber)
{
    return std::upper_bound(
        begin(), end(), sequenceNumber, [](std::uint32_t number, const SentSegment& segment) {
            return comesBefore(number, segment.begin);
        });
}

SentSegment* SentSegments::find(std::uint32_t sequenceNumber)
{
    // Nearly always it is behind all of them.
    if (empty() || isAtOrBefore((end() - 1)->end, sequenceNumber))
        return nullptr;
    SentSegment* const behind = firstBehind(sequenceNumber);
    if (behind == begin())
        return nullptr;
    SentSegment& candidate = *(behind - 1);
    return comesBefore(sequenceNumber, candidate.end) ? &candidate : nullptr;
}

/// Sees to it that one more fits behind the last.
void SentSegments::makeRoom()
{
    const std::size_t room = firstRoom << m_roomBits;
    if (!m_segments) {
        m_segments = std::make_unique_for_overwrite<SentSegment[]>(room);
    } else if (m_first + size() == room) {
        const bool moves = m_first > room / 2 || room > most; // in the largest there is always room
        auto larger = moves ? nullptr : std::make_unique_for_overwrite<SentSegment[]>(room * 2);
        std::copy(begin(), end(), moves ? m_segments.get() : larger.get());
        m_first = 0;
        if (moves)
            return;
        m_segments = std::move(larger);
        ++m_roomBits;
    }
}

void SentSegments::add(const SentSegment& segment)
{
    if (size() >= most)
        return;
    makeRoom();
    SentSegment* const place = empty() || comesBefore((end() - 1)->begin, segment.begin)
        ? end()
        : firstBehind(segment.begin);
    std::copy_backward(place, end(), end() + 1);
    *place = segment;
    ++m_count;
}

std::optional<std::int64_t> SentSegments::acknowledge(std::uint32_t acknowledgment)
{
    std::optional<std::int64_t> sent;
    while (!empty() && isAtOrBefore(begin()->end, acknowledgment)) {
        sent.reset();
        if (begin()->repeats == 0)
            sent = begin()->lastTime;
        ++m_first;
        --m_count;
    }
    if (empty())
        *this = {};
    return sent;
}

} // namespace tcpw
