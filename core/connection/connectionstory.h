// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "connection/segmentfacts.h"
#include "connection/trackedpacket.h"

#include <deque>
#include <memory>
#include <string>

namespace tcpw {

/// One packet as the arrow of a ladder diagram.
struct StoryArrow
{
    std::uint32_t number = 0; ///< of the packet
    std::int64_t timestamp = 0; ///< in nanoseconds since 1970
    bool fromInitiator = false;
    Origin origin = Origin::unknown;
    ControlBits controlBits;
    std::uint32_t relativeSequence = 0; ///< to the initial sequence number of its sender
    std::uint32_t relativeAcknowledgment = 0; ///< to that of the other end; 0 without ACK
    std::optional<SackBlock> relativeSack; ///< the first block (RFC 2018), as the acknowledgment
    std::uint32_t dataLength = 0;
    std::uint16_t window = 0; ///< in bytes, before scaling
    TrackedPacket tracked; ///< its names, reason, and the packet it refers to
    bool isRetransmission = false; ///< of any kind; of packet tracked.refersTo
};

/// A change of the state of one end (RFC 9293, section 3.3.2), and the packet that shows it.
struct StateTransition
{
    std::uint32_t number = 0; ///< of the packet
    std::int64_t timestamp = 0; ///< in nanoseconds since 1970
    bool ofInitiator = false; ///< else of the responder
    TcpState from = TcpState::closed;
    TcpState to = TcpState::closed;
    const char* why = ""; ///< "sends SYN", "receives ACK of its FIN", ...
};

/// One connection told from its first packet to its last: an arrow a packet and every change of
/// state, by the same rules as the Tracker. Feed it the packets of that connection, in order, with
/// what the tracker said of them. Belongs to one thread.
class ConnectionStory
{
public:
    ConnectionStory();
    ~ConnectionStory();
    ConnectionStory(ConnectionStory&&) noexcept;
    ConnectionStory& operator=(ConnectionStory&&) noexcept;

    /// Takes the next packet of the connection; others are passed over.
    void append(const TrackedPacket& tracked, std::uint32_t number, const PacketRecord& record,
        ByteView bytes);

    bool empty() const { return arrows().empty(); }
    const std::deque<StoryArrow>& arrows() const;
    const std::deque<StateTransition>& transitions() const;

    const Endpoint& initiator() const;
    const Endpoint& responder() const;
    TcpState initiatorState() const;
    TcpState responderState() const;
    Ending ending() const;

    /// How the handshake went, as a sentence: "The handshake took three segments and 1.2 ms.";
    /// "" before the first packet.
    std::string handshakeText() const;
    /// How it closed, as a sentence: "The initiator closed first; both directions ended in order.".
    std::string closeText() const;
    /// All of it as lines of text, to copy: a line an arrow, and below it its changes of state.
    std::string text() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
