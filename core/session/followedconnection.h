// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/connectionstory.h"

#include <optional>
#include <string>
#include <vector>

namespace tcpw {

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

    /// Whether this computer is the initiator; empty when no packet says who sent it.
    std::optional<bool> initiatorIsMe() const;
};

} // namespace tcpw
