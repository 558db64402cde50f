// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "connection/segmentfacts.h"

#include <functional>
#include <map>
#include <optional>

namespace tcpw {

/// Puts the data of one direction of a connection in order: what came twice is given once, the
/// first copy counts, and what never came is reported as a gap. Holds no more than `limit` bytes
/// that wait for what is missing before them. Belongs to one thread.
class StreamAssembler
{
public:
    /// A piece of the stream: data, or `missing` bytes that are not in the capture.
    struct Piece
    {
        std::uint64_t offset = 0; ///< in the stream; its first byte has 0
        ByteView data; ///< valid during the call
        std::uint64_t missing = 0;
        std::uint32_t packet = 0; ///< the number of the packet that brought the data
    };
    using Sink = std::function<void(const Piece&)>;

    /// Hands the pieces to `sink` as soon as they are in order.
    explicit StreamAssembler(Sink sink, std::size_t limit = 4u << 20);

    /// Takes the next segment of this direction; `bytes` are the packet's.
    void add(std::uint32_t number, const SegmentFacts& segment, ByteView bytes);
    /// Tells that the other end acknowledged up to `acknowledgment`: what is missing before it will
    /// not come any more.
    void acknowledged(std::uint32_t acknowledgment);
    /// Gives what waits, with the gaps before it.
    void finish();

    std::uint64_t deliveredBytes() const { return m_delivered; }
    std::uint64_t missingBytes() const { return m_missing; }
    std::size_t waitingBytes() const { return m_waitingBytes; }

private:
    struct Waiting
    {
        Bytes data;
        std::uint32_t packet = 0;
    };

    std::int64_t offsetOf(std::uint32_t sequenceNumber) const;
    void take(std::uint64_t offset, ByteView data, std::uint32_t number);
    void keep(std::uint64_t offset, ByteView data, std::uint32_t number);
    void deliver(ByteView data, std::uint32_t number);
    void deliverWaiting();
    void leaveGap(std::uint64_t end);

    Sink m_sink;
    std::size_t m_limit;
    std::size_t m_waitingBytes = 0;
    std::map<std::uint64_t, Waiting> m_waiting; ///< by offset
    std::optional<std::uint32_t> m_first; ///< sequence number of the stream's first byte
    std::uint64_t m_next = 0; ///< offset that comes next
    std::uint64_t m_delivered = 0;
    std::uint64_t m_missing = 0;
};

} // namespace tcpw
