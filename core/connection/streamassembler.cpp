// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/streamassembler.h"

#include "connection/sequence.h"

#include <algorithm>
#include <utility>

namespace tcpw {

StreamAssembler::StreamAssembler(Sink sink, std::size_t limit)
    : m_sink(std::move(sink))
    , m_limit(limit)
{
}

/// The offset of a sequence number, which is taken to be less than half the space from what comes
/// next (RFC 9293, section 3.4). Negative before the stream's first byte.
std::int64_t StreamAssembler::offsetOf(std::uint32_t sequenceNumber) const
{
    const std::uint32_t next = *m_first + static_cast<std::uint32_t>(m_next);
    const auto next64 = static_cast<std::int64_t>(m_next);
    return isAtOrBefore(next, sequenceNumber) ? next64 + std::int64_t(sequenceNumber - next)
                                              : next64 - std::int64_t(next - sequenceNumber);
}

void StreamAssembler::add(std::uint32_t number, const SegmentFacts& segment, ByteView bytes)
{
    const std::uint32_t syn = segment.has(ControlBits::syn) ? 1 : 0;
    const std::uint32_t begin = segment.sequenceNumber + syn;
    if (!segment.isWhole || segment.has(ControlBits::rst))
        return;
    if (!m_first)
        m_first = begin;
    if (segment.capturedData == 0)
        return;
    const std::int64_t offset = offsetOf(begin);
    ByteView data
        = bytes.subspan(segment.dataOffset, std::min(segment.capturedData, segment.dataLength));
    if (offset < 0) // before the stream's first byte
        data = data.subspan(
            static_cast<std::size_t>(std::min(-offset, static_cast<std::int64_t>(data.size()))));
    take(static_cast<std::uint64_t>(std::max<std::int64_t>(offset, 0)), data, number);
}

void StreamAssembler::take(std::uint64_t offset, ByteView data, std::uint32_t number)
{
    if (offset > m_next)
        return keep(offset, data, number);
    const std::uint64_t known = std::min<std::uint64_t>(m_next - offset, data.size());
    deliver(data.subspan(static_cast<std::size_t>(known)), number);
    deliverWaiting();
}

/// Keeps what came too early. The first copy counts: of two at one place the longer is kept only
/// where the other ends.
void StreamAssembler::keep(std::uint64_t offset, ByteView data, std::uint32_t number)
{
    while (!m_waiting.empty() && m_waitingBytes + data.size() > m_limit)
        leaveGap(m_waiting.begin()->first);
    if (data.size() > m_limit)
        leaveGap(offset);
    if (offset <= m_next)
        return take(offset, data, number);
    Waiting& waiting = m_waiting[offset];
    if (waiting.data.size() >= data.size())
        return;
    const std::size_t had = waiting.data.size();
    waiting.data.insert(
        waiting.data.end(), data.begin() + static_cast<std::ptrdiff_t>(had), data.end());
    waiting.packet = had == 0 ? number : waiting.packet;
    m_waitingBytes += data.size() - had;
}

void StreamAssembler::deliver(ByteView data, std::uint32_t number)
{
    if (data.empty())
        return;
    m_sink({m_next, data, 0, number});
    m_next += data.size();
    m_delivered += data.size();
}

void StreamAssembler::deliverWaiting()
{
    while (!m_waiting.empty() && m_waiting.begin()->first <= m_next) {
        const auto node = m_waiting.extract(m_waiting.begin());
        const ByteView data = node.mapped().data;
        m_waitingBytes -= data.size();
        const std::uint64_t known = std::min<std::uint64_t>(m_next - node.key(), data.size());
        deliver(data.subspan(static_cast<std::size_t>(known)), node.mapped().packet);
    }
}

void StreamAssembler::leaveGap(std::uint64_t end)
{
    if (end > m_next) {
        m_sink({m_next, {}, end - m_next, 0});
        m_missing += end - m_next;
        m_next = end;
    }
    deliverWaiting();
}

void StreamAssembler::acknowledged(std::uint32_t acknowledgment)
{
    if (!m_first)
        return;
    const std::int64_t end = offsetOf(acknowledgment);
    while (!m_waiting.empty() && static_cast<std::int64_t>(m_waiting.begin()->first) < end)
        leaveGap(m_waiting.begin()->first);
}

void StreamAssembler::finish()
{
    while (!m_waiting.empty())
        leaveGap(m_waiting.begin()->first);
}

} // namespace tcpw
