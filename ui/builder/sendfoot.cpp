// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/sendfoot.h"

#include "ui/builder/sendbutton.h"
#include "ui/fields/plaintext.h"
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

constexpr int beside = 8; ///< pixels between text and button
constexpr int leastText = 80; ///< pixels of width

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
    m_where = new TextLabel(this);
    QFont strong = m_where->font();
    strong.setBold(true);
    m_where->setFont(strong);
    m_where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* lines = new QVBoxLayout(m_words);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(2);
    m_checked = addLine(TextLabel::Tint::good);
    m_problem = addLine(TextLabel::Tint::wrong);
    m_wrong = addLine(TextLabel::Tint::warning);
    m_expectation = addLine(TextLabel::Tint::plain);
    m_remarks = addLine(TextLabel::Tint::muted);
    lines->addStretch();
    follow(m_check, check);
    follow(m_send, send);
    m_send->setKeys(send->shortcut().toString(QKeySequence::NativeText));
    layOut();
}

void SendFoot::layOut()
{
    m_scroll->setWidget(m_words);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_words->setAutoFillBackground(false);

    auto* first = new QHBoxLayout;
    first->setSpacing(beside);
    first->addWidget(m_where, 1);
    first->addWidget(m_check, 0, Qt::AlignTop);
    auto* second = new QHBoxLayout;
    second->setSpacing(beside);
    second->addWidget(m_scroll, 1);
    second->addWidget(m_send, 0, Qt::AlignBottom);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 8);
    layout->setSpacing(4);
    layout->addLayout(first);
    layout->addLayout(second);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

TextLabel* SendFoot::addLine(TextLabel::Tint tint)
{
    auto* line = new TextLabel(m_words);
    line->setTint(tint);
    line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line->hide();
    m_words->layout()->addWidget(line);
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
    setLine(m_expectation, text.expectation);
    setLine(m_remarks, text.remarks.join(QLatin1Char(' ')));
    updateGeometry();
}

void SendFoot::setCheckResult(const QString& words, bool reached)
{
    m_checked->setTint(reached ? TextLabel::Tint::good : TextLabel::Tint::warning);
    setLine(m_checked, words);
    updateGeometry();
}

void SendFoot::setHeightLimit(int pixels)
{
    m_limit = pixels;
    updateGeometry();
}

/// Of the line that says where it goes with Check beside it, and of the words beside Send.
int SendFoot::heightForWidth(int width) const
{
    const QMargins margins = layout()->contentsMargins();
    const int inner = width - margins.left() - margins.right();
    const int besideCheck = inner - m_check->sizeHint().width() - beside;
    const int besideSend = inner - m_send->sizeHint().width() - beside;
    const int where = m_where->heightForWidth(std::max(besideCheck, leastText));
    const int words = m_words->layout()->heightForWidth(std::max(besideSend, leastText));
    return margins.top() + std::max(m_check->sizeHint().height(), where) + layout()->spacing()
        + std::max(m_send->sizeHint().height(), std::min(words, m_limit)) + margins.bottom();
}

QSize SendFoot::sizeHint() const
{
    const int width = layout()->sizeHint().width();
    return {width, heightForWidth(std::max(width, this->width()))};
}

QSize SendFoot::minimumSizeHint() const
{
    const QMargins margins = layout()->contentsMargins();
    return {layout()->minimumSize().width(),
        margins.top() + m_check->sizeHint().height() + layout()->spacing()
            + m_send->sizeHint().height() + margins.bottom()};
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
