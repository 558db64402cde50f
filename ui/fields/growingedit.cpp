// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/growingedit.h"

#include "ui/fields/fixedfont.h"
#include "ui/fields/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace tcpw {

GrowingEdit::GrowingEdit(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setFont(fixedFont());
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(2);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        fitHeight();
        if (!m_showing)
            emit typed(toPlainText());
    });
    fitHeight();
}

void GrowingEdit::setMark(ValueEditor::Mark mark)
{
    m_mark = mark;
    applyColors();
}

void GrowingEdit::setGrey(bool grey)
{
    m_grey = grey;
    setFocusPolicy(grey ? Qt::ClickFocus : Qt::StrongFocus);
    applyColors();
}

void GrowingEdit::setMaximumLines(int lines)
{
    m_maximumLines = lines;
    fitHeight();
}

void GrowingEdit::show(const QString& text)
{
    if (toPlainText() == text)
        return;
    m_showing = true;
    setPlainText(text);
    m_showing = false;
}

int GrowingEdit::heightOf(int lines) const
{
    const int around = 2 * frameWidth() + 2 * int(document()->documentMargin()) + 2;
    return fontMetrics().lineSpacing() * lines + around;
}

QSize GrowingEdit::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(QLatin1Char('0')) * 24, height()};
}

QSize GrowingEdit::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(QLatin1Char('0')) * 16, heightOf(1)};
}

/// QPlainTextDocumentLayout measures in lines, wrapped ones counted.
void GrowingEdit::fitHeight()
{
    const int lines = int(document()->documentLayout()->documentSize().height());
    const int wanted = heightOf(std::clamp(lines, 1, m_maximumLines));
    setVerticalScrollBarPolicy(
        lines > m_maximumLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (minimumHeight() == wanted && maximumHeight() == wanted)
        return;
    setFixedHeight(wanted);
    updateGeometry();
}

void GrowingEdit::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

bool GrowingEdit::event(QEvent* event)
{
    if (decidesShortcut(event))
        return true;
    return QPlainTextEdit::event(event);
}

void GrowingEdit::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers() == Qt::ControlModifier;
    const bool plain = !(event->modifiers() & ~Qt::KeypadModifier);
    const bool up = event->key() == Qt::Key_Up;
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Backspace && control)
        emit resetRequested();
    else if ((up || event->key() == Qt::Key_Down) && control)
        emit moveRequested(up ? -1 : 1);
    else if (event->key() == Qt::Key_Escape && plain)
        emit dropRequested();
    else if (isReturn && control)
        event->ignore(); // Send's, never a line break
    else if (isReturn && plain && !m_lineBreaks)
        emit left();
    else
        QPlainTextEdit::keyPressEvent(event);
}

void GrowingEdit::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    emit focused();
}

void GrowingEdit::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        emit left();
}

void GrowingEdit::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

void GrowingEdit::applyColors()
{
    const Theme& theme = Theme::of(palette());
    QPalette colors;
    if (m_mark == ValueEditor::Mark::unreadable)
        colors.setColor(QPalette::Base, theme.wrongFill);
    else if (m_grey)
        colors.setColor(QPalette::Base, theme.mutedFill);
    if (m_grey)
        colors.setColor(QPalette::Text, theme.muted);
    setPalette(colors);
    viewport()->update();
}

void GrowingEdit::paintEvent(QPaintEvent* event)
{
    QPlainTextEdit::paintEvent(event);
    if (m_mark != ValueEditor::Mark::unreadable)
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(Theme::of(palette()).wrong, 2));
    painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
}

} // namespace tcpw
