// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/connectionstory.h"

#include <optional>
#include <string>
#include <vector>

namespace tcpw {

/// A piece of what one end said to the other, in order.
struct StreamChunk
{
    bool fromInitiator = false;
    std::uint64_t offset = 0; ///< in the stream of its direction; its first byte has 0
    std::uint64_t missing = 0; ///< bytes that are not in the capture; there is then no data
    std::uint32_t packet = 0; ///< the number of the packet that brought the data
    Bytes data;
};

/// One connection as far as it is told, by values: what a ConnectionStory (connection/
/// connectionstory.h) knew when it was handed over. Empty when no connection is chosen.
struct FollowedConnection
{
    std::optional<std::uint32_t> number; ///< of the connection
    Endpoint initiator;
    Endpoint responder;
    TcpState initiatorState = TcpState::unknown;
    TcpState responderState = TcpState::unknown;
    Ending ending = Ending::open;
    std::vector<StoryArrow> arrows; ///< by rising packet numbers
    std::vector<StateTransition> transitions;
    std::string handshakeText; ///< a sentence, or ""
    std::string closeText;
    bool isCut = false; ///< it has more packets than are told
    std::vector<StreamChunk> chunks; ///< what both ends said, by when it was complete
    bool streamIsCut = false; ///< they said more
    std::uint64_t waitingBytes = 0; ///< that came, but something before them did not

    /// Whether this computer is the initiator; empty when no packet says who sent it.
    std::optional<bool> initiatorIsMe() const;
};

} // namespace tcpw
