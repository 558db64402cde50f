// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/ladder/storyends.h"

#include "connection/reasontext.h"
#include "ui/fields/plaintext.h"

#include <algorithm>

namespace tcpw {

StoryEnds::StoryEnds(const FollowedConnection& story)
{
    if (const auto isMe = story.initiatorIsMe()) {
        initiator = *isMe ? tr("me") : tr("peer");
        responder = *isMe ? tr("peer") : tr("me");
        initiatorIsLeft = *isMe;
        areKnown = true;
        return;
    }
    initiator = endpointText(story.initiator);
    responder = endpointText(story.responder);
}

QString endpointText(const Endpoint& endpoint)
{
    const QString address = fromUtf8(toText(endpoint.address));
    return std::holds_alternative<Ipv6Address>(endpoint.address)
        ? QStringLiteral("[%1]:%2").arg(address).arg(endpoint.port)
        : QStringLiteral("%1:%2").arg(address).arg(endpoint.port);
}

QString spanText(std::int64_t nanoseconds)
{
    return fromUtf8(durationText(std::max<std::int64_t>(0, nanoseconds)));
}

} // namespace tcpw
