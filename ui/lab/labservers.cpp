// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/lab/labservers.h"

#include "ui/fields/textlabel.h"

#include <QGridLayout>

namespace tcpw {

namespace {

struct Server
{
    int port;
    const char* does;
};

const Server servers[] = {
    {8081,
        QT_TRANSLATE_NOOP(
            "tcpw::LabServers", "the tutorial's server: reads up to 100 bytes, logs them, closes")},
    {7, QT_TRANSLATE_NOOP("tcpw::LabServers", "echo: sends back what it gets (RFC 862)")},
    {9, QT_TRANSLATE_NOOP("tcpw::LabServers", "discard: reads and forgets (RFC 863)")},
    {19, QT_TRANSLATE_NOOP("tcpw::LabServers", "chargen: sends without end (RFC 864)")},
    {8082, QT_TRANSLATE_NOOP("tcpw::LabServers", "listens and never accepts")},
    {8083, QT_TRANSLATE_NOOP("tcpw::LabServers", "accepts and never reads")},
    {8084, QT_TRANSLATE_NOOP("tcpw::LabServers", "accepts, reads and stays open")},
};

} // namespace

LabServers::LabServers(QWidget* parent)
    : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Server& server : servers) {
        auto* port = new TextLabel(QString::number(server.port), this);
        QFont bold = port->font();
        bold.setBold(true);
        port->setFont(bold);
        grid->addWidget(port, row, 0, Qt::AlignRight | Qt::AlignTop);
        grid->addWidget(new TextLabel(tr(server.does), this), row, 1);
        ++row;
    }
    auto* others
        = new TextLabel(tr("All other ports are closed: they answer a SYN with RST,ACK."), this);
    others->setTint(TextLabel::Tint::muted);
    grid->addWidget(others, row, 0, 1, 2);
}

} // namespace tcpw
