// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/ladder/ladderview.h"

#include "ui/fields/plaintext.h"
#include "ui/ladder/laddertext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace tcpw {

namespace {

constexpr int countdownTick = 250; // ms
constexpr double zoomStep = 1.25;

} // namespace

LadderView::LadderView(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Ladder diagram"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    m_layout.setRowHeight(LadderPainter::rowHeight(font()));
    m_tick.setInterval(countdownTick);
    connect(&m_tick, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
}

void LadderView::setStory(const FollowedConnection* story)
{
    m_story = story ? story : &m_nothing;
    m_layout.clear();
    m_current = -1;
    m_awaited.clear();
    m_tick.stop();
    extendStory();
    verticalScrollBar()->setValue(0);
    setCurrentPacket(m_currentPacket);
}

void LadderView::extendStory()
{
    const QScrollBar* bar = verticalScrollBar();
    const bool followed = bar->value() == bar->maximum();
    m_layout.extend(m_story->arrows);
    updateScrollBar();
    if (followed)
        verticalScrollBar()->setValue(bar->maximum());
    if (m_current < 0)
        setCurrentPacket(m_currentPacket);
    viewport()->update();
}

void LadderView::setAxis(LadderLayout::Axis axis)
{
    m_layout.setAxis(axis);
    setZoom(1);
}

void LadderView::setZoom(double zoom)
{
    // What stands in the middle stays there.
    const int half = viewport()->height() / 2;
    const qsizetype row
        = m_current >= 0 ? m_current : m_layout.rowAt(verticalScrollBar()->value() + half);
    const int before = row >= 0 ? m_layout.row(row).y - verticalScrollBar()->value() : 0;
    m_layout.setZoom(zoom);
    updateScrollBar();
    if (row >= 0)
        verticalScrollBar()->setValue(m_layout.row(row).y - before);
    viewport()->update();
}

void LadderView::zoomToFit()
{
    setZoom(m_layout.zoomToFit(viewport()->height() - painter().headHeight() - awaitedHeight()));
}

void LadderView::setCurrentPacket(qsizetype packet)
{
    m_currentPacket = packet;
    setCurrentRow(packet < 0 ? -1 : m_layout.rowOf(std::uint32_t(packet + 1)));
}

void LadderView::setCurrentRow(qsizetype row)
{
    if (row >= 0)
        scrollTo(row);
    if (row == m_current)
        return;
    m_current = row;
    viewport()->update();
    const QString line = row >= 0 ? lineOf(row) : QString();
    setAccessibleDescription(line);
    emit currentTextChanged(line);
}

/// Goes to a row by key or click: the other panes follow.
void LadderView::walkTo(qsizetype row)
{
    if (isEmpty())
        return;
    setCurrentRow(std::clamp<qsizetype>(row, 0, m_layout.rowCount() - 1));
    m_currentPacket = qsizetype(m_layout.row(m_current).number) - 1;
    emit packetActivated(m_currentPacket);
}

void LadderView::scrollTo(qsizetype row)
{
    const int y = m_layout.row(row).y;
    const int around = LadderPainter::rowHeight(font());
    QScrollBar* bar = verticalScrollBar();
    if (y - around < bar->value())
        bar->setValue(y - around);
    else if (y + around > bar->value() + bar->pageStep())
        bar->setValue(y + around - bar->pageStep());
}

int LadderView::awaitedHeight() const
{
    return m_awaited.isEmpty() ? 0 : LadderPainter::rowHeight(font());
}

void LadderView::updateScrollBar()
{
    const int page = std::max(1, viewport()->height() - painter().headHeight());
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(LadderPainter::rowHeight(font()));
    verticalScrollBar()->setRange(0, std::max(0, m_layout.height() + awaitedHeight() - page));
}

void LadderView::setCountdown(const QString& what, int milliseconds)
{
    const bool followed = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    m_awaited = what;
    m_due.setRemainingTime(milliseconds);
    if (what.isEmpty())
        m_tick.stop();
    else
        m_tick.start();
    updateScrollBar();
    if (followed)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    viewport()->update();
}

QString LadderView::countdownText() const
{
    if (m_awaited.isEmpty())
        return {};
    const qint64 seconds = (m_due.remainingTime() + 999) / 1000;
    if (seconds <= 0)
        return tr("%1 now").arg(m_awaited);
    return tr("%1 in %2:%3")
        .arg(m_awaited)
        .arg(seconds / 60)
        .arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

LadderPainter LadderView::painter() const
{
    return {*m_story, m_layout, font(), palette(), viewport()->width()};
}

LadderPainter::Next LadderView::next() const
{
    return {countdownText(), !m_story->initiatorIsMe().value_or(true)};
}

QString LadderView::lineOf(qsizetype row) const
{
    return LadderText::line(*m_story, StoryEnds(*m_story), std::size_t(row), m_layout.row(row));
}

QString LadderView::text() const
{
    if (isEmpty())
        return {};
    const StoryEnds names(*m_story);
    QStringList lines;
    for (qsizetype row = 0; row < m_layout.rowCount(); ++row)
        lines << LadderText::line(*m_story, names, std::size_t(row), m_layout.row(row));
    if (!m_awaited.isEmpty())
        lines << countdownText();
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void LadderView::copyText() const
{
    QGuiApplication::clipboard()->setText(text());
}

qsizetype LadderView::rowAt(QPoint position) const
{
    const int head = painter().headHeight();
    const int y = position.y() - head + verticalScrollBar()->value() - m_layout.slant() / 2;
    const qsizetype row = position.y() < head ? -1 : m_layout.rowAt(y);
    const bool isNear
        = row >= 0 && std::abs(m_layout.row(row).y - y) < LadderPainter::rowHeight(font());
    return isNear ? row : -1;
}

void LadderView::paintEvent(QPaintEvent*)
{
    QPainter canvas(viewport());
    if (isEmpty()) {
        paintEmpty(canvas);
        return;
    }
    const LadderPainter diagram = painter();
    const int head = diagram.headHeight();
    const int top = verticalScrollBar()->value();
    if (hasFocus() && m_current < 0) {
        canvas.setPen(QPen(Theme::of(palette()).accent, 1, Qt::DotLine));
        canvas.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
    diagram.paintHead(canvas);
    canvas.setClipRect(0, head, viewport()->width(), viewport()->height() - head);
    canvas.translate(0, head - top);
    diagram.paintRows(canvas, top, top + viewport()->height() - head, m_current, next());
}

/// What the diagram is for, and what to do.
void LadderView::paintEmpty(QPainter& painter) const
{
    const int margin = fontMetrics().height();
    painter.setPen(Theme::of(palette()).muted);
    painter.drawText(viewport()->rect().adjusted(margin, margin, -margin, -margin),
        Qt::AlignCenter | Qt::TextWordWrap,
        tr("Here a connection is drawn packet by packet: who sent what, when, and what got "
           "lost.\n\n"
           "Send a SYN, or choose a TCP packet in the list."));
}

bool LadderView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isZoom = key->key() == Qt::Key_0 && key->modifiers() == Qt::ControlModifier;
        if (isZoom || key->matches(QKeySequence::Copy)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

bool LadderView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const qsizetype row = rowAt(help->pos());
        QToolTip::showText(help->globalPos(),
            row < 0 ? QString()
                    : plainToolTip(lineOf(row).replace(QLatin1String("  "), QLatin1String("\n"))),
            this);
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void LadderView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBar();
}

void LadderView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const qsizetype row = rowAt(event->pos()); row >= 0)
        walkTo(row);
}

void LadderView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    setZoom(m_layout.zoom() * std::pow(zoomStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void LadderView::keyPressEvent(QKeyEvent* event)
{
    const qsizetype page = std::max(1, verticalScrollBar()->pageStep() / m_layout.step() - 1);
    const qsizetype last = m_layout.rowCount() - 1;
    if (event->matches(QKeySequence::Copy))
        return copyText();
    switch (event->key()) {
    case Qt::Key_Up:
        return walkTo(m_current < 0 ? last : m_current - 1);
    case Qt::Key_Down:
        return walkTo(m_current + 1);
    case Qt::Key_Home:
        return walkTo(0);
    case Qt::Key_End:
        return walkTo(last);
    case Qt::Key_PageUp:
        return walkTo(m_current - page);
    case Qt::Key_PageDown:
        return walkTo(m_current + page);
    case Qt::Key_Plus:
        return setZoom(m_layout.zoom() * zoomStep);
    case Qt::Key_Minus:
        return setZoom(m_layout.zoom() / zoomStep);
    case Qt::Key_0:
        return setZoom(1);
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void LadderView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    m_layout.setRowHeight(LadderPainter::rowHeight(font()));
    updateScrollBar();
    viewport()->update();
}

} // namespace tcpw
