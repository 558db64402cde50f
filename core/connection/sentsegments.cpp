// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/sentsegments.h"

#include "connection/sequence.h"

#include <algorithm>

namespace tcpw {

/// The first segment that begins behind `sequenceNumber`.
std::vector<SentSegment>::iterator SentSegments::Data::firstBehind(std::uint32_t sequenceNumber)
{
    return std::upper_bound(begin(), segments.end(), sequenceNumber,
        [](std::uint32_t number, const SentSegment& segment) {
            return comesBefore(number, segment.begin);
        });
}

SentSegment* SentSegments::find(std::uint32_t sequenceNumber)
{
    if (empty())
        return nullptr;
    const auto behind = d->firstBehind(sequenceNumber);
    if (behind == d->begin())
        return nullptr;
    SentSegment& candidate = *(behind - 1);
    return comesBefore(sequenceNumber, candidate.end) ? &candidate : nullptr;
}

void SentSegments::add(const SentSegment& segment)
{
    if (size() >= most)
        return;
    if (!d)
        d = std::make_unique<Data>();
    if (empty() || comesBefore(d->segments.back().begin, segment.begin))
        d->segments.push_back(segment);
    else
        d->segments.insert(d->firstBehind(segment.begin), segment);
}

std::optional<std::int64_t> SentSegments::acknowledge(std::uint32_t acknowledgment)
{
    std::optional<std::int64_t> sent;
    while (!empty() && isAtOrBefore(d->begin()->end, acknowledgment)) {
        const SentSegment& segment = *d->begin();
        ++d->first;
        sent.reset();
        if (segment.repeats == 0)
            sent = segment.lastTime;
    }
    if (empty()) {
        d.reset();
    } else if (d->first > d->segments.size() / 2) {
        d->segments.erase(d->segments.begin(), d->begin());
        d->first = 0;
    }
    return sent;
}

} // namespace tcpw
