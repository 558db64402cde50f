// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/followedconnection.h"

#include <algorithm>

namespace tcpw {

std::optional<bool> FollowedConnection::initiatorIsMe() const
{
    const auto known = std::ranges::find_if(
        arrows, [](const StoryArrow& arrow) { return arrow.origin != Origin::unknown; });
    if (known == arrows.end())
        return {};
    return known->fromInitiator == (known->origin != Origin::peer);
}

} // namespace tcpw
