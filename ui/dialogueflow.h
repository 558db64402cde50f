// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/connectionservice.h"
#include "session/dialogueservice.h"
#include "session/notice.h"

#include <optional>

class QAction;

namespace tcpw {

class BuilderPane;

/// "Play a handshake" and "Close the connection": our end's segments one after another, with the
/// own kernel silent, while list, ladder and states show what comes.
class DialogueFlow : public QObject
{
    Q_OBJECT
public:
    struct Actions
    {
        QAction* handshake;
        QAction* close;
    };
    DialogueFlow(LiveSession& session, SendService& sender, const ConnectionService& connections,
        const BuilderPane& builder, Actions actions, QObject* parent);

signals:
    void noticed(const tcpw::Notice& notice);

private:
    void openConnection();
    void closeConnection();
    void updateActions();
    std::optional<Dialogue::Standing> standing() const;

    LiveSession& m_session;
    const ConnectionService& m_connections;
    const BuilderPane& m_builder;
    Actions m_actions;
    DialogueService m_dialogue;
};

} // namespace tcpw
