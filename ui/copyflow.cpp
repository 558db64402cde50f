// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/copyflow.h"

#include "packet/scapytext.h"
#include "session/livesession.h"
#include "templates/commandline.h"
#include "ui/builder/builderpane.h"
#include "ui/fields/plaintext.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/inspector/packetview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QTabWidget>

namespace tcpw {

CopyFlow::CopyFlow(const InspectorPane& inspector, const BuilderPane& builder,
    const LiveSession& session, QObject* parent)
    : QObject(parent)
    , m_inspector(inspector)
    , m_builder(builder)
    , m_session(session)
    , m_menu(tr("Copy the packet &as"))
{
    m_menu.setToolTipsVisible(true);
    add(tr("&Hexadecimal digits"), tr("The bytes, without spaces."), &CopyFlow::asHex);
    add(tr("&Scapy expression"), tr("For Python; it gives the same bytes there."),
        &CopyFlow::asScapy);
    add(tr("tcpw &command"), tr("Sends the same packet from a terminal."), &CopyFlow::asCommand);
    add(tr("&Template"), tr("JSON, as it is saved."), &CopyFlow::asTemplate);
}

void CopyFlow::add(const QString& text, const QString& help, QString (CopyFlow::*make)())
{
    QAction* action = m_menu.addAction(text);
    action->setToolTip(plainToolTip(help));
    connect(action, &QAction::triggered, this, [this, make] {
        if (const QString made = (this->*make)(); !made.isEmpty())
            QGuiApplication::clipboard()->setText(made);
    });
}

/// Else the draft.
bool CopyFlow::showsCaptured() const
{
    return m_inspector.tabs()->currentIndex() == 1 && m_inspector.editAgainAction()->isEnabled();
}

const Packet& CopyFlow::packet() const
{
    return (showsCaptured() ? m_inspector.packetView() : m_inspector.draftView())->details().packet;
}

QString CopyFlow::asHex()
{
    return fromUtf8(toHex(encode(packet())));
}

QString CopyFlow::asScapy()
{
    return fromUtf8(scapyText(packet()));
}

QString CopyFlow::asCommand()
{
    const Device* device = m_session.device();
    const auto command = sendCommand(packet(), device ? device->id.name : "lab0");
    if (!command)
        emit failed(fromUtf8(command.error().message));
    return command ? fromUtf8(*command) : QString();
}

QString CopyFlow::asTemplate()
{
    Template made;
    made.name = toUtf8(showsCaptured() ? tr("Captured packet") : tr("Packet"));
    made.draft.packet = packet();
    if (!showsCaptured())
        made.draft = m_builder.draft();
    return fromUtf8(writeTemplate(made));
}

} // namespace tcpw
