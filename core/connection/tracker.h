// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "connection/segmentfacts.h"
#include "connection/trackedpacket.h"

#include <memory>
#include <optional>

namespace tcpw {

/// What is known of one end of a connection.
struct EndInfo
{
    Endpoint endpoint;
    TcpState state = TcpState::unknown;
    std::uint64_t packets = 0; ///< that it sent
    std::uint64_t dataBytes = 0; ///< that it sent, repeated ones counted again
    std::optional<std::uint32_t>
        initialSequenceNumber; ///< of its SYN, or one before the first seen
    std::optional<std::uint32_t> nextSequenceNumber; ///< after the highest it sent
    std::optional<std::uint32_t> acknowledged; ///< the last number that the other end acknowledged
    std::uint64_t window = 0; ///< in bytes, that it last offered, scaled where the scale is known
    std::optional<std::uint8_t> windowScale; ///< in force; empty when unknown or not in use
    std::optional<bool> permitsSack; ///< by its SYN (RFC 2018); empty when that was not seen
    std::uint32_t unacknowledgedSegments = 0;
    std::uint32_t retransmissions = 0; ///< of any kind
    std::uint32_t gaps = 0; ///< places where segments of this end are missing from the capture
    std::optional<std::int64_t> smoothedRoundTrip; ///< in nanoseconds, to an ACK (RFC 6298)
};

/// What is known of one connection.
struct ConnectionInfo
{
    std::uint32_t number = 0;
    EndInfo initiator; ///< sent the first SYN; where there is none, was seen first
    EndInfo responder;
    std::uint32_t firstPacket = 0; ///< the number of its first packet
    std::uint32_t lastPacket = 0;
    std::int64_t firstTime = 0; ///< in nanoseconds since 1970
    std::int64_t lastTime = 0;
    std::optional<std::int64_t> initialRoundTrip; ///< in nanoseconds, from SYN to the first ACK
    Ending ending = Ending::open;
};

/// What tracking needs of a packet.
struct ReadPacket
{
    std::int64_t timestamp = 0; ///< in nanoseconds since 1970
    Origin origin = Origin::unknown;
    std::optional<SegmentFacts> segment; ///< empty when there is none that is tracked
};

/// Follows all TCP connections of a capture in one pass, IPv4 and IPv6, in time that grows with the
/// number of packets and in about 280 bytes a connection, besides what is unacknowledged. Numbers
/// and names are those of Wireshark 4.0. Belongs to one thread.
class Tracker
{
public:
    Tracker();
    ~Tracker();
    Tracker(Tracker&&) noexcept;
    Tracker& operator=(Tracker&&) noexcept;

    /// Takes the next packet; `number` is what people call it, from 1 and rising. Gives
    /// noConnection for all that is no TCP segment.
    TrackedPacket add(std::uint32_t number, const PacketRecord& record, ByteView bytes);
    /// What add() makes of a packet, for any thread.
    static ReadPacket read(const PacketRecord& record, ByteView bytes);
    /// The same as add() for a packet that was read already.
    TrackedPacket add(std::uint32_t number, const ReadPacket& packet);
    /// The same for a segment.
    TrackedPacket add(
        std::uint32_t number, std::int64_t timestamp, Origin origin, const SegmentFacts& segment);

    std::size_t connectionCount() const;
    /// Whether `number` is below connectionCount() and was not forgotten.
    bool knows(std::uint32_t number) const;
    /// What is known by now of connection `number`, which must be known.
    ConnectionInfo connection(std::uint32_t number) const;
    /// Packets before this number are no longer kept: their connections may be forgotten, and a
    /// late segment then begins a new one.
    void forgetBefore(std::uint32_t number);

    /// Forgets everything.
    void clear();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
