// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/sendfoot.h"

#include "ui/builder/sendbutton.h"
#include "ui/fields/textlabel.h"
#include "ui/fields/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace tcpw {

namespace {

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
    , m_scroll(new QScrollArea(this))
    , m_words(new QWidget)
    , m_check(new QPushButton(this))
    , m_send(new SendButton(this))
{
    auto* lines = new QVBoxLayout(m_words);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(2);
    m_where = addLine(int(TextLabel::Tint::plain));
    QFont strong = m_where->font();
    strong.setBold(true);
    m_where->setFont(strong);
    m_where->setAccessibleName(tr("Where it goes"));
    m_checked = addLine(int(TextLabel::Tint::good));
    m_problem = addLine(int(TextLabel::Tint::wrong));
    m_wrong = addLine(int(TextLabel::Tint::warning));
    m_expectation = addLine(int(TextLabel::Tint::plain));
    m_remarks = addLine(int(TextLabel::Tint::muted));
    lines->addStretch();

    m_scroll->setWidget(m_words);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_words->setAutoFillBackground(false);

    follow(m_check, check);
    follow(m_send, send);
    m_send->setKeys(send->shortcut().toString(QKeySequence::NativeText));
    auto* buttons = new QVBoxLayout;
    buttons->addWidget(m_check);
    buttons->addStretch();
    buttons->addWidget(m_send);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(8);
    layout->addWidget(m_scroll, 1);
    layout->addLayout(buttons);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

TextLabel* SendFoot::addLine(int tint)
{
    auto* line = new TextLabel(m_words);
    line->setTint(TextLabel::Tint(tint));
    line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line->setFocusPolicy(Qt::NoFocus);
    line->hide();
    m_words->layout()->addWidget(line);
    return line;
}

void SendFoot::setLine(TextLabel* line, const QString& text)
{
    line->setText(text);
    line->setVisible(!text.isEmpty());
}

void SendFoot::setText(const FootText& text)
{
    setLine(m_where, text.where);
    setLine(m_problem, text.problem);
    setLine(m_wrong,
        text.wrong.isEmpty() ? QString()
                             : tr("On purpose? %1").arg(text.wrong.join(QLatin1Char(' '))));
    setLine(m_expectation, text.expectation);
    setLine(m_remarks, text.remarks.join(QLatin1Char(' ')));
    fitHeight();
}

void SendFoot::setCheckResult(const QString& words, bool reached)
{
    m_checked->setTint(reached ? TextLabel::Tint::good : TextLabel::Tint::warning);
    setLine(m_checked, words);
    fitHeight();
}

void SendFoot::setHeightLimit(int pixels)
{
    m_limit = pixels;
    fitHeight();
}

void SendFoot::fitHeight()
{
    const int buttons = m_check->sizeHint().height() + 6 + m_send->sizeHint().height();
    const int words = m_words->layout()->heightForWidth(std::max(m_scroll->width(), 80));
    const int wanted = std::max(buttons, std::min(words, m_limit));
    const QMargins margins = layout()->contentsMargins();
    setFixedHeight(wanted + margins.top() + margins.bottom());
}

void SendFoot::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitHeight();
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
