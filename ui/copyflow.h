// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"
#include "templates/draft.h"

#include <QMenu>
#include <QObject>

namespace tcpw {

class BuilderPane;
class InspectorPane;
class LiveSession;

/// "Copy the packet as": the packet that the inspector shows goes to the clipboard in a notation
/// of this program's or of another's.
class CopyFlow : public QObject
{
    Q_OBJECT
public:
    CopyFlow(const InspectorPane& inspector, const BuilderPane& builder, const LiveSession& session,
        QObject* parent);

    /// The menu, for others to hold.
    QAction* menuAction() const { return m_menu.menuAction(); }
    const QMenu& menu() const { return m_menu; }

signals:
    void failed(const QString& message);

private:
    void add(const QString& text, const QString& help, QString (CopyFlow::*make)());
    bool showsCaptured() const;
    const Packet& packet() const;
    QString asHex();
    QString asScapy();
    QString asCommand();
    QString asTemplate();

    const InspectorPane& m_inspector;
    const BuilderPane& m_builder;
    const LiveSession& m_session;
    QMenu m_menu;
};

} // namespace tcpw
