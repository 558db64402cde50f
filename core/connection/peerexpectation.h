// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/tracker.h"
#include "packet/packet.h"

#include <optional>
#include <string>

namespace tcpw {

/// The peer of a connection as far as its next answer depends on it; numbers absolute.
struct PeerView
{
    TcpState state = TcpState::unknown;
    std::optional<std::uint32_t> acknowledged; ///< the last number that it acknowledged
    std::optional<std::uint32_t> expected; ///< what it waits for if all that we sent arrived
    std::optional<std::uint32_t> initial; ///< its first sequence number
    std::optional<std::uint32_t> next; ///< the sequence number that it sends next
    std::uint64_t window = 65535; ///< in bytes, that it offered
};

/// The peer that `sent` goes to; empty when the packet is none of this connection, or when it is a
/// SYN that opens another one after this.
std::optional<PeerView> peerOf(const Packet& sent, const ConnectionInfo& connection);

/// Kinds of answers of a peer; a set of them is their sum.
namespace PeerReply {
inline constexpr unsigned none = 1;
inline constexpr unsigned ack = 2; ///< also with data or FIN
inline constexpr unsigned synAck = 4;
inline constexpr unsigned rst = 8;
inline constexpr unsigned other = 16; ///< SYN, no ACK, no TCP
} // namespace PeerReply

/// What a peer will most likely do with a segment.
struct PeerExpectation
{
    unsigned replies = 0; ///< any of these is as expected; 0: nothing can be said
    std::optional<std::uint32_t> acknowledgment; ///< that an ACK or SYN,ACK has
    std::string text; ///< "The peer is in SYN-RECEIVED: expect no answer; it goes to ESTABLISHED."
};

/// By RFC 9293, section 3.10.7, and RFC 5961, for a segment that is right in all else. Where the
/// state is unknown, or `sent` holds no whole TCP segment, nothing is said.
PeerExpectation expectFromPeer(const Packet& sent, const PeerView& peer);

/// The kind of answer that a packet of the peer's is.
unsigned peerReplyOf(const Packet& packet);

} // namespace tcpw
