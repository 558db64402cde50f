// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/connectionservice.h"
#include "session/labservice.h"

#include <QTimer>

namespace tcpw {

class LadderPane;
class PacketListPane;
class StatesPane;
class StreamPane;

/// Follows the connections of what is shown: tells the packet list, ladder, states and stream of
/// the connection that the current packet belongs to, and asks the far kernel for its own state.
class ConnectionFlow : public QObject
{
    Q_OBJECT
public:
    struct Panes
    {
        PacketListPane& packets;
        LadderPane& ladder;
        StatesPane& states;
        StreamPane& stream;
    };
    ConnectionFlow(LiveSession& session, LabService& lab, Panes panes, QObject* parent);
    ~ConnectionFlow() override;

    const ConnectionService& connections() const { return m_connections; }

signals:
    void failed(const QString& message);

private:
    void showStore();
    void chooseConnection();
    void showStory();
    void extendStory();
    void askKernel();
    void showKernelTruth();
    bool followsLab() const;

    LiveSession& m_session;
    LabService& m_lab;
    Panes m_panes;
    ConnectionService m_connections;
    QTimer m_ask; ///< for the far kernel's state, some time after the last packet
};

} // namespace tcpw
