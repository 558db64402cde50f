// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/stream/streamview.h"

#include "connection/connectionstreams.h"
#include "ui/fields/fixedfont.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"
#include "ui/inspector/packetdetails.h"
#include "ui/ladder/storyends.h"

#include <QScrollBar>

#include <iterator>

namespace tcpw {

namespace {

constexpr std::size_t lineLengths[] = {16, 8, 4}; // in bytes
constexpr int placeAndGaps = 10; // characters beside those of the bytes, four of which each takes

} // namespace

StreamView::StreamView(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setFont(fixedFont());
    setAccessibleName(tr("What both ends said"));
}

void StreamView::setStory(const FollowedConnection* story)
{
    m_story = story;
    showAll();
}

void StreamView::setForm(Form form)
{
    m_form = form;
    showAll();
}

void StreamView::setSide(Side side)
{
    m_side = side;
    showAll();
}

bool StreamView::shows(const StreamChunk& chunk) const
{
    if (m_side == Side::both)
        return true;
    return (chunk.fromInitiator == StoryEnds(*m_story).initiatorIsLeft) == (m_side == Side::left);
}

void StreamView::showAll()
{
    clear();
    m_shownChunks = m_shownBytes = 0;
    m_turn.reset();
    m_isCut = m_isInLine = false;
    m_width = bytesALine();
    extendStory();
    moveCursor(QTextCursor::Start);
}

/// Stays at the end where it was there, so that it can be watched.
void StreamView::extendStory()
{
    if (!m_story)
        return;
    QScrollBar* bar = verticalScrollBar();
    const bool atEnd = bar->value() == bar->maximum();
    for (; m_shownChunks < m_story->chunks.size(); ++m_shownChunks)
        if (const StreamChunk& chunk = m_story->chunks[m_shownChunks]; shows(chunk))
            append(chunk);
    if (atEnd)
        bar->setValue(bar->maximum());
}

void StreamView::append(const StreamChunk& chunk)
{
    const std::size_t room = mostBytes - m_shownBytes;
    const std::size_t size = std::min(chunk.data.size(), room);
    m_isCut = m_isCut || size < chunk.data.size();
    if (m_isCut && size == 0)
        return;
    m_shownBytes += size;
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    beginTurn(cursor, chunk);
    const bool fromLeft = chunk.fromInitiator == StoryEnds(*m_story).initiatorIsLeft;
    const ByteView data = ByteView(chunk.data).first(size);
    const std::string text
        = m_form == Form::text ? streamText(data) : streamHex(chunk.offset, data, m_width);
    cursor.insertText(fromUtf8(text), formatOf(fromLeft));
    m_isInLine = text.empty() ? m_isInLine : text.back() != '\n';
}

/// A line that says who speaks, where that changes; one that says what is missing, where it is.
void StreamView::beginTurn(QTextCursor& cursor, const StreamChunk& chunk)
{
    const Theme& theme = Theme::of(palette());
    const auto line = [&](const QString& text, const QColor& color) {
        QTextCharFormat format;
        format.setForeground(color);
        cursor.insertText(
            (m_isInLine ? QStringLiteral("\n") : QString()) + text + QLatin1Char('\n'), format);
        m_isInLine = false;
    };
    if (m_turn != chunk.fromInitiator) {
        const StoryEnds names(*m_story);
        const QString arrow
            = chunk.fromInitiator == names.initiatorIsLeft ? tr("▶ %1:") : tr("◀ %1:");
        line(arrow.arg(names.of(chunk.fromInitiator)), theme.muted);
    }
    m_turn = chunk.fromInitiator;
    if (chunk.missing > 0)
        line(tr("[%1 not in the capture]").arg(byteCount(chunk.missing)), theme.warning);
}

QTextCharFormat StreamView::formatOf(bool fromLeft) const
{
    const Theme& theme = Theme::of(palette());
    QTextCharFormat format;
    format.setForeground(fromLeft ? theme.me : theme.peer);
    return format;
}

std::size_t StreamView::bytesALine() const
{
    const double room = viewport()->width() - 2 * document()->documentMargin();
    const int character = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    for (const std::size_t length : lineLengths)
        if (room >= (placeAndGaps + 4 * int(length) + 1) * character)
            return length;
    return std::end(lineLengths)[-1];
}

void StreamView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        showAll();
}

void StreamView::resizeEvent(QResizeEvent* event)
{
    QPlainTextEdit::resizeEvent(event);
    if (m_form == Form::hexadecimal && bytesALine() != m_width)
        showAll();
}

} // namespace tcpw
