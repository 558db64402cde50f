// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/noticeline.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>

namespace tcpw {

namespace {

constexpr int reservedLines = 2;
constexpr std::size_t maximumNotices = 5;

QPushButton* button(const QString& text, const QString& toolTip, QWidget* parent)
{
    auto* made = new QPushButton(text, parent);
    made->setToolTip(plainToolTip(toolTip));
    made->setAutoDefault(false);
    made->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    made->hide();
    return made;
}

/// Gives a widget this one colour, or the window's; the other roles follow the window's.
void colour(QWidget* widget, QPalette::ColorRole role, const QColor& color)
{
    QPalette palette;
    if (color.isValid())
        palette.setColor(role, color);
    const QPalette now = widget->palette();
    if (now.color(role) != palette.color(role))
        widget->setPalette(palette);
}

} // namespace

NoticeLine::NoticeLine(QWidget* parent)
    : QFrame(parent)
    , m_mark(new QLabel(this))
    , m_text(new QLabel)
    , m_scroll(new QScrollArea(this))
    , m_command(new QLineEdit(this))
{
    setObjectName(QStringLiteral("noticeLine"));
    setAccessibleName(tr("Notice"));
    setAutoFillBackground(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("noticeText"));
    m_mark->setTextFormat(Qt::PlainText);
    m_mark->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("WW")));
    m_mark->setAlignment(Qt::AlignCenter);
    m_scroll->setWidget(m_text);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_text->setAutoFillBackground(false);
    m_command->setReadOnly(true);
    m_command->setAccessibleName(tr("Command to copy"));
    m_command->hide();
    makeButtons();

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 3, 6, 3);
    layout->addWidget(m_mark);
    layout->addWidget(m_scroll, 3);
    layout->addWidget(m_command, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_copy, m_action, m_discard, m_close})
        layout->addWidget(widget);
    reserve();
    showNewest();
}

void NoticeLine::makeButtons()
{
    m_copy = button(tr("Copy"), tr("Copies the command."), this);
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QApplication::clipboard()->setText(m_command->text()); });
    m_action = button({}, tr("Does what the notice offers."), this);
    m_action->setObjectName(QStringLiteral("noticeAction"));
    connect(m_action, &QPushButton::clicked, this, [this] {
        const Notice notice = current();
        take();
        emit activated(notice);
    });
    m_discard = button(tr("Discard"),
        tr("Removes the packets that the program left behind. They are lost."), this);
    m_discard->setObjectName(QStringLiteral("noticeDiscard"));
    connect(m_discard, &QPushButton::clicked, this, [this] {
        const Notice notice = current();
        take();
        emit discarded(notice);
    });
    m_close = new QToolButton(this);
    m_close->setText(QStringLiteral("×"));
    m_close->setAutoRaise(true);
    m_close->setToolTip(plainToolTip(tr("Closes this notice.")));
    m_close->setAccessibleName(tr("Close the notice"));
    m_close->setFocusPolicy(Qt::TabFocus);
    connect(m_close, &QToolButton::clicked, this, [this] {
        const Notice notice = current();
        take();
        emit closed(notice);
    });
}

void NoticeLine::show(const Notice& notice)
{
    std::erase_if(m_notices, [&](const Notice& known) {
        const bool bothHints
            = known.kind == Notice::Kind::hint && notice.kind == Notice::Kind::hint;
        return known.text == notice.text || (bothHints && known.actionId != RestoreSpoolAction);
    });
    if (m_notices.size() == maximumNotices)
        m_notices.erase(m_notices.begin());
    m_notices.push_back(notice);
    showNewest();
}

void NoticeLine::clearHints()
{
    std::erase_if(m_notices, [](const Notice& known) {
        return known.kind == Notice::Kind::hint && known.actionId != RestoreSpoolAction;
    });
    showNewest();
}

void NoticeLine::clearAction(int actionId)
{
    std::erase_if(m_notices, [&](const Notice& known) { return known.actionId == actionId; });
    showNewest();
}

void NoticeLine::setProblem(const QString& sentence)
{
    m_problem = sentence;
    showNewest();
}

void NoticeLine::setIdleText(const QString& text)
{
    m_idle = text;
    showNewest();
}

Notice NoticeLine::current() const
{
    return m_notices.empty() ? Notice() : m_notices.back();
}

void NoticeLine::take()
{
    if (!m_notices.empty())
        m_notices.pop_back();
    showNewest();
}

void NoticeLine::showNewest()
{
    const Theme& theme = Theme::of(QApplication::palette());
    const bool typing = !m_problem.isEmpty();
    const Notice notice = typing ? Notice() : current();
    const bool any = !notice.text.isEmpty();
    if (typing)
        showText(QStringLiteral("✖"), m_problem, theme.wrong, theme.wrongFill);
    else if (!any)
        showText({}, m_idle, theme.muted, QApplication::palette().color(QPalette::Window));
    else if (notice.kind == Notice::Kind::hint)
        showText(QStringLiteral("ℹ"), notice.text, theme.accent, theme.accentFill);
    else if (notice.kind == Notice::Kind::warning)
        showText(QStringLiteral("⚠"), notice.text, theme.warning, theme.warningFill);
    else
        showText(QStringLiteral("✖"), notice.text, theme.wrong, theme.wrongFill);

    m_command->setText(notice.command);
    m_command->setVisible(!notice.command.isEmpty());
    m_copy->setVisible(!notice.command.isEmpty());
    m_action->setText(notice.action);
    m_action->setVisible(!notice.action.isEmpty());
    m_discard->setVisible(any && notice.actionId == RestoreSpoolAction);
    m_close->setVisible(any);
}

void NoticeLine::showText(
    const QString& mark, const QString& text, const QColor& color, const QColor& fill)
{
    colour(this, QPalette::Window, fill);
    colour(m_mark, QPalette::WindowText, color);
    m_mark->setText(mark);
    const bool idle = mark.isEmpty();
    colour(m_text, QPalette::WindowText, idle ? color : QColor());
    m_text->setText(text);
    m_text->setToolTip(idle ? QString() : plainToolTip(text));
    m_text->setAccessibleName(text);
}

/// The height is that of two lines of text or a button, whatever is shown.
void NoticeLine::reserve()
{
    const int lines = reservedLines * fontMetrics().lineSpacing();
    setFixedHeight(std::max(lines, m_copy->sizeHint().height()) + 10);
}

void NoticeLine::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        reserve();
    if (event->type() == QEvent::PaletteChange)
        showNewest();
}

} // namespace tcpw
