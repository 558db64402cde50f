// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/ladder/ladderpainter.h"

#include "ui/fields/fixedfont.h"
#include "ui/fields/plaintext.h"
#include "ui/ladder/laddermarks.h"
#include "ui/ladder/laddertext.h"

#include <algorithm>
#include <cmath>

namespace tcpw {

namespace {

constexpr int padding = 4;
constexpr int besideLine = 8; // between the line of an end and what stands beside it
constexpr int besideTie = 6; // between that line and the first tie
constexpr int laneWidth = 5;
constexpr std::int64_t shortestGapSaid = 10'000'000; // ns, where it does not show as a gap
constexpr double lostAt = 0.62; // of its way

} // namespace

LadderPainter::LadderPainter(const FollowedConnection& story, const LadderLayout& layout,
    const QFont& font, const QPalette& palette, int width)
    : m_story(story)
    , m_layout(layout)
    , m_names(story)
    , m_font(font)
    , m_metrics(font)
    , m_palette(palette)
    , m_theme(Theme::of(palette))
    , m_width(width)
    , m_left(marginWidth() + 0.5)
    , m_right(std::max(width - marginWidth(), marginWidth() + 40) - 0.5)
{
}

int LadderPainter::rowHeight(const QFont& font)
{
    return 2 * QFontMetrics(font).height() + 8;
}

/// Room for a packet's number, and for a gap's duration or the ties with theirs.
int LadderPainter::marginWidth() const
{
    const quint32 most = m_story.arrows.empty() ? 0 : m_story.arrows.back().number;
    const int number
        = QFontMetrics(bold(m_font)).horizontalAdvance(LadderText::tr("No. %1").arg(most));
    const int gap = m_metrics.horizontalAdvance(spanText(88'800'000));
    return padding + std::max(number + besideLine, gap + padding);
}

int LadderPainter::headHeight() const
{
    return 2 * m_metrics.height() + 3 * padding;
}

double LadderPainter::lineOf(bool isInitiator) const
{
    return isLeft(isInitiator) ? m_left : m_right;
}

void LadderPainter::paintHead(QPainter& painter) const
{
    const auto title = [&](bool isInitiator) {
        const TcpState state = isInitiator ? m_story.initiatorState : m_story.responderState;
        const int side = isLeft(isInitiator) ? Qt::AlignLeft : Qt::AlignRight;
        const QRect half(isLeft(isInitiator) ? 2 * padding : m_width / 2, padding,
            m_width / 2 - 2 * padding, m_metrics.height());
        painter.setFont(bold(m_font));
        painter.setPen(m_palette.color(QPalette::Text));
        painter.drawText(half, side,
            QFontMetrics(bold(m_font))
                .elidedText(m_names.of(isInitiator), Qt::ElideMiddle, half.width()));
        painter.setFont(m_font);
        painter.setPen(m_theme.muted);
        painter.drawText(
            half.translated(0, m_metrics.height()), side, fromUtf8(tcpStateName(state)));
    };
    title(true);
    title(false);
}

void LadderPainter::paintRows(
    QPainter& painter, int top, int bottom, qsizetype current, const Next& next) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_font);
    const auto [first, last] = m_layout.rowsBetween(top, bottom);
    paintLines(painter, top, bottom);
    paintTies(painter, first, last);
    for (qsizetype row = first; row < last; ++row)
        paintRow(painter, row, row == current);
    if (last == m_layout.rowCount() && !next.text.isEmpty())
        paintNext(painter, next);
}

void LadderPainter::paintLines(QPainter& painter, int top, int bottom) const
{
    painter.setPen(QPen(m_theme.muted, 1.5));
    for (const double x : {m_left, m_right})
        painter.drawLine(QPointF(x, top), QPointF(x, bottom));
}

void LadderPainter::paintRow(QPainter& painter, qsizetype row, bool isCurrent) const
{
    if (isCurrent) {
        const int half = std::min(m_metrics.height(), m_layout.step() / 2) + 1;
        const QRectF band(0, m_layout.row(row).y - half, m_width, half + m_layout.slant() + 5);
        // The lines of the ends go on through it.
        painter.fillRect(band, m_theme.accentFill);
        painter.fillRect(QRectF(0, band.y(), 3, band.height()), m_theme.accent);
        paintLines(painter, int(band.top()), int(std::ceil(band.bottom())));
    }
    paintGap(painter, row);
    paintArrow(painter, row);
    const int above = row == 0 ? m_layout.step() : m_layout.row(row).y - m_layout.row(row - 1).y;
    if (isCurrent || above >= m_metrics.height() + m_layout.slant() + 2) {
        paintLabel(painter, row, isCurrent);
        paintNumber(painter, row, isCurrent);
    }
}

void LadderPainter::paintArrow(QPainter& painter, qsizetype row) const
{
    const StoryArrow& arrow = m_story.arrows[std::size_t(row)];
    const auto sender = laddermarks::senderOf(arrow);
    const QPen pen = laddermarks::pen(arrow, m_layout.row(row).isAgain, m_theme);
    const QPointF from(lineOf(arrow.fromInitiator), m_layout.row(row).y);
    QPointF to(lineOf(!arrow.fromInitiator), from.y() + m_layout.slant());
    const bool isLost = m_layout.row(row).isLost;
    if (isLost)
        to = from + (to - from) * lostAt;
    painter.setPen(pen);
    painter.drawLine(from, to);
    if (isLost)
        laddermarks::paintCross(painter, to, m_theme.wrong);
    else
        laddermarks::paintHead(painter, from, to, pen.color());
    laddermarks::paintMark(painter, sender, from, laddermarks::color(sender, m_theme));
}

/// As much as there is room for.
QString LadderPainter::labelOf(qsizetype row, double room) const
{
    const QStringList labels
        = LadderText::labels(m_story.arrows[std::size_t(row)], m_layout.row(row));
    for (const QString& label : labels)
        if (m_metrics.horizontalAdvance(label) <= room)
            return label;
    return m_metrics.elidedText(labels.last(), Qt::ElideRight, int(room));
}

/// Above its arrow, whose slant it does not touch.
void LadderPainter::paintLabel(QPainter& painter, qsizetype row, bool isCurrent) const
{
    const double room = m_right - m_left - padding;
    const QString text = labelOf(row, room);
    const bool isBold = isCurrent && QFontMetrics(bold(m_font)).horizontalAdvance(text) <= room;
    const QFontMetrics metrics(isBold ? bold(m_font) : m_font);
    const double width = metrics.horizontalAdvance(text);
    const double middle = m_layout.row(row).y + m_layout.slant() / 2.0;
    const double rise = m_layout.slant() * width / (2 * (m_right - m_left));
    const QPointF at((m_left + m_right - width) / 2, middle - rise - 2 - metrics.descent());
    if (isCurrent) // its words stay readable where arrows are close
        painter.fillRect(QRectF(at.x() - padding, at.y() - metrics.ascent(), width + 2 * padding,
                             metrics.height()),
            m_theme.accentFill);
    painter.setFont(isBold ? bold(m_font) : m_font);
    painter.setPen(m_palette.color(QPalette::Text));
    painter.drawText(at, text);
    painter.setFont(m_font);
}

void LadderPainter::paintNumber(QPainter& painter, qsizetype row, bool isCurrent) const
{
    const StoryArrow& arrow = m_story.arrows[std::size_t(row)];
    const bool left = isLeft(arrow.fromInitiator);
    const int height = m_metrics.height();
    const QRectF box(left ? padding : m_right + besideLine, m_layout.row(row).y - height / 2.0,
        left ? m_left - besideLine - padding : m_width - padding - m_right - besideLine, height);
    painter.setFont(isCurrent ? bold(m_font) : m_font);
    painter.setPen(isCurrent ? m_palette.color(QPalette::Text) : m_theme.muted);
    painter.drawText(box, (left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
        LadderText::tr("No. %1").arg(arrow.number));
    painter.setFont(m_font);
}

/// Whether a tie tells how long after the row above this one came.
bool LadderPainter::isSaidByTie(qsizetype row) const
{
    const LadderLayout::Tie* tie = m_layout.tieTo(row);
    return tie && tie->from == row - 1 && saysDuration(*tie);
}

/// The time since the arrow before, where there is room for it and no tie says the same.
void LadderPainter::paintGap(QPainter& painter, qsizetype row) const
{
    if (row == 0)
        return;
    const LadderLayout::Row& above = m_layout.row(row - 1);
    const LadderLayout::Row& below = m_layout.row(row);
    const std::int64_t gap = below.timestamp - above.timestamp;
    const double middle = (above.y + below.y) / 2.0;
    if (below.isCompressed)
        paintBreak(painter, middle);
    const double height = m_metrics.height();
    const bool shows = below.y - above.y >= m_layout.step() + height / 2;
    if ((gap < shortestGapSaid && !shows) || below.y - above.y < 2 * height || isSaidByTie(row))
        return;
    painter.setPen(m_theme.muted);
    painter.drawText(QRectF(padding, middle - height / 2, m_left - padding, height),
        Qt::AlignLeft | Qt::AlignVCenter, spanText(gap));
}

/// Two strokes through the lines of the ends: time is left out here.
void LadderPainter::paintBreak(QPainter& painter, double y) const
{
    for (const double x : {m_left, m_right}) {
        painter.fillRect(QRectF(x - 2, y - 2, 4, 4), m_palette.color(QPalette::Base));
        painter.setPen(QPen(m_theme.muted, 1.5));
        for (const double at : {y - 2, y + 2})
            painter.drawLine(QPointF(x - 5, at + 2), QPointF(x + 5, at - 2));
    }
}

void LadderPainter::paintTies(QPainter& painter, qsizetype first, qsizetype last) const
{
    const auto& ties = m_layout.ties();
    auto tie = std::ranges::lower_bound(ties, first, {}, &LadderLayout::Tie::to);
    for (; tie != ties.end() && tie->to - m_layout.longestTie() <= last; ++tie)
        if (tie->from <= last)
            paintTie(painter, *tie);
}

/// Whether its duration has room along it; those of the outer lanes have none.
bool LadderPainter::saysDuration(const LadderLayout::Tie& tie) const
{
    const int length = m_layout.row(tie.to).y - m_layout.row(tie.from).y - m_metrics.height();
    return tie.lane == 0 && length >= m_metrics.horizontalAdvance(spanText(tie.duration)) + 6;
}

/// Beside the sender's line, from what is repeated to the retransmission.
void LadderPainter::paintTie(QPainter& painter, const LadderLayout::Tie& tie) const
{
    const bool left = isLeft(tie.ofInitiator);
    const double side = left ? -1 : 1;
    const double x = lineOf(tie.ofInitiator) + side * (besideTie + tie.lane * laneWidth);
    const double half = m_metrics.height() / 2.0 + 1;
    const double top = m_layout.row(tie.from).y + half;
    const double bottom = m_layout.row(tie.to).y - half;
    if (bottom <= top)
        return;
    painter.setPen(QPen(m_theme.warning, 1.6, Qt::DotLine));
    painter.drawLine(QPointF(x, top), QPointF(x, bottom));
    if (!saysDuration(tie))
        return;
    const QString text = spanText(tie.duration);
    const double width = m_metrics.horizontalAdvance(text);
    painter.save();
    painter.translate(x + side * (LadderLayout::lanes * laneWidth), (top + bottom) / 2);
    painter.rotate(90);
    painter.setPen(m_theme.muted);
    painter.drawText(
        QPointF(-width / 2, left ? m_metrics.ascent() / 2.0 : m_metrics.descent()), text);
    painter.restore();
}

/// A segment that is awaited: where it will come, and when.
void LadderPainter::paintNext(QPainter& painter, const Next& next) const
{
    const double y = m_layout.height() + m_metrics.height();
    const double from = lineOf(next.isByInitiator);
    const double to = from + (lineOf(!next.isByInitiator) - from) * 0.45;
    QPen pen(m_theme.muted, 1.5, Qt::DotLine);
    painter.setPen(pen);
    painter.drawLine(QPointF(from, y), QPointF(to, y + m_layout.slant() / 2.0));
    const QString text
        = m_metrics.elidedText(next.text, Qt::ElideRight, int(m_right - m_left) - 4 * padding);
    painter.drawText(
        QRectF(m_left, y - m_metrics.height() - 3, m_right - m_left, m_metrics.height()),
        Qt::AlignCenter, text);
}

} // namespace tcpw
