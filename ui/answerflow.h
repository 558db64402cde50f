// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/answerkind.h"
#include "connection/conversation.h"
#include "session/connectionservice.h"
#include "session/sendservice.h"
#include "ui/builder/builderpane.h"

#include <QTimer>

#include <optional>

namespace tcpw {

class DraftFlow;
class PacketListPane;

/// What makes sense to answer by what is known of the connection, what the peer will most likely do
/// with the draft, and whether it did.
class AnswerFlow : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        LiveSession& session;
        SendService& sender;
        const ConnectionService& connections;
        PacketListPane& packets;
        BuilderPane& builder;
        DraftFlow& drafts;
    };
    AnswerFlow(const Parts& parts, QObject* parent);
    ~AnswerFlow() override;

    /// Puts the answer to a packet of the store into the builder; with what most people want next
    /// when `kind` is empty.
    void answer(qsizetype number, std::optional<AnswerKind> kind = {});

private:
    std::optional<Packet> packet(qsizetype number) const;
    std::optional<ConnectionInfo> connectionOf(qsizetype number) const;
    void suggest(qsizetype number);
    void beginToExpect();
    void noteSent(const Packet& packet);
    void lookForReply();
    void tellOutcome(const std::optional<Packet>& reply);

    Parts m_parts;
    std::optional<PeerExpectation> m_expected; ///< of what is being sent or was sent last
    std::optional<Conversation> m_conversation; ///< of what was sent last
    std::size_t m_read = 0; ///< packets of the store that were looked at for the reply
    QTimer m_patience; ///< how long the peer's silence means nothing yet
};

} // namespace tcpw
