// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/emptystate.h"

#include "ui/fields/fixedfont.h"
#include "ui/fields/plaintext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace tcpw {

namespace {

QPushButton* button(const QString& text, const QString& toolTip)
{
    auto* made = new QPushButton(text);
    made->setToolTip(plainToolTip(toolTip));
    made->setAutoDefault(false);
    return made;
}

} // namespace

EmptyState::EmptyState(QWidget* parent)
    : QScrollArea(parent)
    , m_text(new QLabel)
    , m_command(new QLineEdit)
    , m_copy(button(tr("&Copy"), tr("Copies the command.")))
    , m_tryAgain(button(tr("&Try again"), tr("Starts the practice network once more.")))
    , m_recording(button(tr("&Open a recorded handshake"),
          tr("Shows a handshake that was recorded in the practice network. It needs no rights.")))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setObjectName(QStringLiteral("emptyText"));
    m_command->setReadOnly(true);
    m_command->setFont(fixedFont());
    m_command->setAccessibleName(tr("Command that helps"));
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    connect(m_tryAgain, &QPushButton::clicked, this, &EmptyState::tryAgainRequested);
    connect(m_recording, &QPushButton::clicked, this, &EmptyState::recordingRequested);

    auto* content = new QWidget;
    auto* commandRow = new QHBoxLayout;
    commandRow->addWidget(m_command, 1);
    commandRow->addWidget(m_copy);
    auto* buttonRow = new QHBoxLayout;
    buttonRow->addStretch(1);
    buttonRow->addWidget(m_tryAgain);
    buttonRow->addWidget(m_recording);
    buttonRow->addStretch(1);
    auto* column = new QVBoxLayout(content);
    column->addStretch(1);
    column->addWidget(m_text);
    column->addLayout(commandRow);
    column->addLayout(buttonRow);
    column->addStretch(1);
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    showObstacle(false, {});
}

void EmptyState::setText(const QString& text)
{
    m_text->setText(text);
    m_text->setAccessibleName(text);
    showObstacle(false, {});
}

void EmptyState::setObstacle(const QString& cause, const QString& command)
{
    const QString next = command.isEmpty()
        ? tr("You can try again, or look at a handshake that was recorded earlier.")
        : tr("This command helps. Then try again; or look at a handshake that was recorded "
             "earlier.");
    m_text->setText(tr("The practice network cannot be started here.") % QLatin1Char(' ') % cause
        % QLatin1Char('\n') % next);
    m_text->setAccessibleName(m_text->text());
    showObstacle(true, command);
}

void EmptyState::showObstacle(bool shown, const QString& command)
{
    m_command->setText(command);
    m_command->setCursorPosition(0);
    m_command->setVisible(shown && !command.isEmpty());
    m_copy->setVisible(shown && !command.isEmpty());
    m_tryAgain->setVisible(shown);
    m_recording->setVisible(shown);
}

} // namespace tcpw
