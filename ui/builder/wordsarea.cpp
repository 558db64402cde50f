// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/wordsarea.h"

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace tcpw {

namespace {

constexpr int leastWidth = 80;

} // namespace

WordsArea::WordsArea(QWidget* parent)
    : QScrollArea(parent)
{
    auto* words = new QWidget;
    m_lines = new QVBoxLayout(words);
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(2);
    m_lines->addStretch();
    setWidget(words);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    words->setAutoFillBackground(false);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void WordsArea::addLine(QWidget* line)
{
    m_lines->insertWidget(m_lines->count() - 1, line); // before the stretch
}

void WordsArea::setHeightLimit(int pixels)
{
    if (pixels == m_limit)
        return;
    m_limit = pixels;
    updateGeometry();
}

int WordsArea::heightForWidth(int width) const
{
    return std::min(m_lines->heightForWidth(std::max(width, leastWidth)), m_limit);
}

/// A bar that is there once takes width, the words need more lines then, and by itself it would
/// stay.
void WordsArea::showBarWhereNeeded()
{
    const bool fits = m_lines->heightForWidth(width()) <= height();
    setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
}

void WordsArea::resizeEvent(QResizeEvent* event)
{
    showBarWhereNeeded();
    QScrollArea::resizeEvent(event);
}

bool WordsArea::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest)
        showBarWhereNeeded();
    return QScrollArea::eventFilter(watched, event);
}

QSize WordsArea::sizeHint() const
{
    const int width = std::max(m_lines->sizeHint().width(), leastWidth);
    return {width, heightForWidth(width)};
}

QSize WordsArea::minimumSizeHint() const
{
    return {leastWidth, 1};
}

} // namespace tcpw
