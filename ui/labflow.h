// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/labservice.h"
#include "session/sendservice.h"

#include <QObject>

namespace tcpw {

class LabPane;

/// Between the lab's pane and its service. While the own kernel is to stay silent, it is made to on
/// a port before the far end is told to connect to it: else it would refuse the connection before
/// anybody could answer.
class LabFlow : public QObject
{
    Q_OBJECT
public:
    LabFlow(
        LiveSession& session, SendService& sender, LabService& lab, LabPane& pane, QObject* parent);

    /// The ports that were guarded for connections of the far end.
    const std::vector<std::pair<GuardRequest, GuardState>>& guards() const { return m_guards; }

    void showState();

signals:
    void guardsChanged();
    void failed(const QString& message);

private:
    void ask(const FarRequest& request);
    void connectGuarded(const FarRequest& request);
    void releaseGuards();

    LiveSession& m_session;
    SendService& m_sender;
    LabService& m_lab;
    LabPane& m_pane;
    std::vector<std::pair<GuardRequest, GuardState>> m_guards;
};

} // namespace tcpw
