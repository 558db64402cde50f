// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/ladder/storyends.h"

namespace tcpw {

/// The state diagram in words.
class StatesText
{
    Q_DECLARE_TR_FUNCTIONS(tcpw::StatesText)
public:
    /// "peer: SYN-RECEIVED since No. 5".
    static QString current(
        const FollowedConnection& story, const StoryEnds& names, bool isInitiator);
    /// "No. 5  peer  LISTEN → SYN-RECEIVED  receives SYN".
    static QString transition(const StateTransition& transition, const StoryEnds& names);
    /// The same in two lines, for narrow places.
    static QString narrowTransition(const StateTransition& transition, const StoryEnds& names);
    /// How handshake and close went; "" while there is nothing to say.
    static QString summary(const FollowedConnection& story);
    /// A letter for an end in the diagram: "M" and "P", or "I" and "R" where nobody knows who is
    /// who.
    static QString letter(const StoryEnds& names, bool isInitiator);
};

} // namespace tcpw
