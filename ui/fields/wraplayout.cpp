// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/wraplayout.h"

#include <QWidget>

#include <algorithm>

namespace tcpw {

/// The items that share a line, their widths, and where the line begins and ends.
struct WrapLayout::Line
{
    QList<QLayoutItem*> items;
    QList<int> widths;
    int left = 0;
    int right = 0; ///< the first pixel behind the line
    int used = 0;
};

namespace {

/// An item that expands is to have all it wants; others may wrap their text.
bool fits(const QLayoutItem& item, int width)
{
    const bool expands = item.expandingDirections() & Qt::Horizontal;
    return (expands ? item.sizeHint() : item.minimumSize()).width() <= width;
}

} // namespace

WrapLayout::WrapLayout(QWidget* parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(6);
}

WrapLayout::~WrapLayout()
{
    qDeleteAll(m_items);
}

void WrapLayout::setHangingIndent(int pixels)
{
    if (m_indent == pixels)
        return;
    m_indent = pixels;
    invalidate();
}

void WrapLayout::setLastAtRight(bool right)
{
    m_lastAtRight = right;
    invalidate();
}

void WrapLayout::addItem(QLayoutItem* item)
{
    m_items.append(item);
    invalidate();
}

QLayoutItem* WrapLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int WrapLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

void WrapLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

QSize WrapLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty())
            continue;
        width += item->sizeHint().width() + (width > 0 ? spacing() : 0);
        height = std::max(height, item->sizeHint().height());
    }
    const QMargins margins = contentsMargins();
    return {width + margins.left() + margins.right(), height + margins.top() + margins.bottom()};
}

QSize WrapLayout::minimumSize() const
{
    QSize size;
    for (QLayoutItem* item : m_items)
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

int WrapLayout::placeLine(const Line& line, int y, bool apply) const
{
    int height = 0;
    QList<int> heights;
    for (int i = 0; i < line.items.size(); ++i) {
        QLayoutItem* item = line.items[i];
        heights << (item->hasHeightForWidth() ? item->heightForWidth(line.widths[i])
                                              : item->sizeHint().height());
        height = std::max(height, heights.last());
    }
    int x = line.left;
    for (int i = 0; apply && i < line.items.size(); ++i) {
        const bool last = i + 1 == line.items.size();
        if (m_lastAtRight && last && i > 0)
            x = line.right - line.widths[i];
        line.items[i]->setGeometry(
            QRect(x, y + (height - heights[i]) / 2, line.widths[i], heights[i]));
        x += line.widths[i] + spacing();
    }
    return height;
}

int WrapLayout::arrange(const QRect& rect, bool apply) const
{
    const QRect area = rect.marginsRemoved(contentsMargins());
    int y = area.top();
    int at = 0;
    bool first = true;
    while (true) {
        while (at < m_items.size() && m_items[at]->isEmpty())
            ++at;
        if (at >= m_items.size())
            break;
        const bool indented = !first && fits(*m_items[at], area.width() - m_indent);
        Line line{{}, {}, area.left() + (indented ? m_indent : 0), area.left() + area.width(), 0};
        const int room = line.right - line.left;
        for (; at < m_items.size(); ++at) {
            QLayoutItem* item = m_items[at];
            if (item->isEmpty())
                continue;
            const int gap = line.items.isEmpty() ? 0 : spacing();
            const int wanted = item->sizeHint().width();
            if (!line.items.isEmpty() && line.used + gap + wanted > room)
                break;
            line.items << item;
            line.widths << std::min(wanted, room);
            line.used += gap + line.widths.last();
        }
        for (int i = int(line.items.size()) - 1; i >= 0; --i) {
            if (!(line.items[i]->expandingDirections() & Qt::Horizontal))
                continue;
            const int grown = line.widths[i] + room - line.used;
            line.widths[i] = std::min(grown, line.items[i]->maximumSize().width());
            break;
        }
        y += (first ? 0 : spacing()) + placeLine(line, y + (first ? 0 : spacing()), apply);
        first = false;
    }
    return y - rect.top() + contentsMargins().bottom();
}

} // namespace tcpw
