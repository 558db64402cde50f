// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/sendfoot.h"

#include "ui/builder/sendbutton.h"
#include "ui/builder/wordsarea.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tcpw {

namespace {

constexpr int beside = 8; ///< pixels between text and button

/// A button that follows an action and does not take its shortcut again.
void follow(QPushButton* button, QAction* action)
{
    const auto update = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setText(action->text());
        button->setToolTip(action->toolTip());
    };
    update();
    button->setAccessibleName(QString(action->text()).remove(QLatin1Char('&')));
    QObject::connect(action, &QAction::changed, button, update);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
}

} // namespace

SendFoot::SendFoot(QAction* send, QAction* check, QWidget* parent)
    : QWidget(parent)
    , m_words(new WordsArea(this))
    , m_check(new QPushButton(this))
    , m_send(new SendButton(this))
{
    m_where = new TextLabel(this);
    QFont strong = m_where->font();
    strong.setBold(true);
    m_where->setFont(strong);
    m_where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_checked = addLine(TextLabel::Tint::good);
    m_problem = addLine(TextLabel::Tint::wrong);
    m_wrong = addLine(TextLabel::Tint::warning);
    m_outcome = addLine(TextLabel::Tint::plain);
    m_outcome->setObjectName(QStringLiteral("sendOutcome"));
    m_expectation = addLine(TextLabel::Tint::plain);
    m_remarks = addLine(TextLabel::Tint::muted);
    follow(m_check, check);
    follow(m_send, send);
    m_send->setKeys(send->shortcut().toString(QKeySequence::NativeText));
    layOut();
}

void SendFoot::layOut()
{
    auto* first = new QHBoxLayout;
    first->setSpacing(beside);
    first->addWidget(m_where, 1);
    first->addWidget(m_check, 0, Qt::AlignTop);
    auto* second = new QHBoxLayout;
    second->setSpacing(beside);
    second->addWidget(m_words, 1);
    second->addWidget(m_send, 0, Qt::AlignBottom);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 8);
    layout->setSpacing(4);
    layout->addLayout(first);
    layout->addLayout(second);
}

TextLabel* SendFoot::addLine(TextLabel::Tint tint)
{
    auto* line = new TextLabel(m_words);
    line->setTint(tint);
    line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line->hide();
    m_words->addLine(line);
    return line;
}

void SendFoot::setLine(TextLabel* line, const QString& text)
{
    line->setText(breakable(text));
    line->setVisible(!text.isEmpty());
}

void SendFoot::setText(const FootText& text)
{
    setLine(m_where, text.where);
    setLine(m_problem, text.problem);
    setLine(m_wrong,
        text.wrong.isEmpty() ? QString()
                             : tr("On purpose? %1").arg(text.wrong.join(QLatin1Char(' '))));
    setLine(m_outcome, text.outcome.isEmpty() ? QString() : tr("Last sent: %1").arg(text.outcome));
    setLine(m_expectation, text.expectation);
    setLine(m_remarks, text.remarks.join(QLatin1Char(' ')));
    m_words->updateGeometry();
}

void SendFoot::setCheckResult(const QString& words, bool reached)
{
    m_checked->setTint(reached ? TextLabel::Tint::good : TextLabel::Tint::warning);
    setLine(m_checked, words);
    m_words->updateGeometry();
}

void SendFoot::setHeightLimit(int pixels)
{
    m_words->setHeightLimit(pixels);
}

QList<QWidget*> SendFoot::stops() const
{
    return {m_check, m_send};
}

void SendFoot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(Theme::of(palette()).border);
    painter.drawLine(rect().topLeft(), rect().topRight());
}

} // namespace tcpw
