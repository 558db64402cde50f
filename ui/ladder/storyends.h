// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/followedconnection.h"

#include <QCoreApplication>
#include <QString>

namespace tcpw {

/// What people call the two ends of a connection, and which of them stands on the left: this
/// computer where it is known, else the initiator.
struct StoryEnds
{
    Q_DECLARE_TR_FUNCTIONS(tcpw::StoryEnds)
public:
    explicit StoryEnds(const FollowedConnection& story);

    QString initiator; ///< "me", "peer", or the address and port
    QString responder;
    bool initiatorIsLeft = true;
    bool areKnown = false; ///< they are me and peer

    const QString& left() const { return initiatorIsLeft ? initiator : responder; }
    const QString& right() const { return initiatorIsLeft ? responder : initiator; }
    const QString& of(bool isInitiator) const { return isInitiator ? initiator : responder; }
};

/// "192.168.56.101:40001", "[fd00:56::101]:40001".
QString endpointText(const Endpoint& endpoint);

/// "120 µs", "1.03 s"; none is shorter than nothing.
QString spanText(std::int64_t nanoseconds);

} // namespace tcpw
