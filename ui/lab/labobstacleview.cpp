// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/lab/labobstacleview.h"

#include "ui/fields/fixedfont.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/textlabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

namespace tcpw {

LabObstacleView::LabObstacleView(QWidget* parent)
    : QWidget(parent)
    , m_title(new TextLabel(this))
    , m_cause(new TextLabel(this))
    , m_command(new TextLabel(this))
    , m_copy(new QPushButton(tr("&Copy command"), this))
    , m_retry(new QPushButton(tr("Try a&gain"), this))
{
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_cause->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_command->setFont(fixedFont());
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_command->setFrameShape(QFrame::StyledPanel);
    m_command->setMargin(6);
    m_copy->setToolTip(tr("Copies the command, for a terminal."));
    m_retry->setToolTip(tr("Tries again to make the practice network."));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addWidget(m_retry);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    for (TextLabel* line : {m_title, m_cause, m_command})
        layout->addWidget(line);
    layout->addLayout(buttons);
    layout->addStretch();
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_copied); });
    connect(m_retry, &QPushButton::clicked, this, &LabObstacleView::retryRequested);
    setObstacle({});
}

void LabObstacleView::setObstacle(const LabObstacle& obstacle)
{
    const bool starting = obstacle.cause.empty();
    m_title->setText(starting ? tr("The practice network is starting.")
                              : tr("There is no practice network here."));
    m_cause->setText(
        starting ? tr(
            "It is a private network inside this program, with a real Linux TCP at its far end.")
                 : harmless(fromUtf8(obstacle.cause), true));
    m_copied = fromUtf8(obstacle.command);
    m_command->setText(breakable(harmless(m_copied)));
    m_command->setVisible(!obstacle.command.empty());
    m_copy->setVisible(!obstacle.command.empty());
    m_retry->setVisible(!starting);
}

} // namespace tcpw
