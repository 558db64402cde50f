// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/longtable.h"

#include "ui/packetlist/rowlessheader.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QHeaderView>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace tcpw {

namespace {

/// In pixels: twice as much would be more than an int.
constexpr qint64 farthest = std::numeric_limits<int>::max() / 2;

/// The first cell of a selection, as a selection.
QItemSelection firstOf(const QItemSelection& selection)
{
    if (selection.isEmpty())
        return {};
    const QModelIndex first = selection.first().topLeft();
    return {first, first};
}

} // namespace

LongTable::LongTable(QWidget* parent)
    : QTableView(parent)
{
    setSelectionBehavior(SelectRows);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalHeader(new RowlessHeader(this));
    verticalHeader()->hide();
    // What stands where both headers meet; QTableView hides it when it lays its rows out.
    if (auto* corner = findChild<QAbstractButton*>(QString(), Qt::FindDirectChildrenOnly))
        corner->hide();
    verticalScrollBar()->setSingleStep(1);
}

void LongTable::setModel(QAbstractItemModel* model)
{
    if (model == this->model())
        return;
    if (this->model())
        disconnect(this->model(), &QAbstractItemModel::rowsRemoved, this, nullptr);
    QTableView::setModel(model);
    if (model)
        connect(model, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex&, int first, int last) { takeRemoval(first, last); });
}

/// Whoever brings a row into view of what is new does so at once: the ranges must be those.
void LongTable::reset()
{
    QTableView::reset();
    setScrollRanges();
}

void LongTable::setRowHeight(int pixels)
{
    m_rowHeight = std::max(pixels, 1);
    scheduleDelayedItemsLayout();
}

int LongTable::topRow() const
{
    return verticalScrollBar()->value();
}

int LongTable::wholeRows() const
{
    return std::max(viewport()->height() / m_rowHeight, 1);
}

qint64 LongTable::placeOf(int row) const
{
    return (qint64(row) - topRow()) * m_rowHeight;
}

qint64 LongTable::rowFrom(int y) const
{
    const int rows = y >= 0 ? y / m_rowHeight : -((m_rowHeight - 1 - y) / m_rowHeight);
    return qint64(topRow()) + rows;
}

int LongTable::rowAt(int y) const
{
    const qint64 row = rowFrom(y);
    return row >= 0 && row < rowCount() ? int(row) : -1;
}

std::pair<int, int> LongTable::rowsInView() const
{
    const int first = topRow();
    const qint64 last = std::min<qint64>(rowFrom(viewport()->height() - 1), rowCount() - 1);
    return {first, int(std::max<qint64>(last, first - 1))};
}

/// Of a hidden column without width; of a row some 50 million rows away nearer than it is.
QRect LongTable::visualRect(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    const qint64 y = std::clamp(placeOf(index.row()), -farthest, farthest);
    return {
        columnViewportPosition(index.column()), int(y), columnWidth(index.column()), m_rowHeight};
}

QModelIndex LongTable::indexAt(const QPoint& place) const
{
    const int row = rowAt(place.y());
    const int column = columnAt(place.x());
    return row >= 0 && column >= 0 ? model()->index(row, column) : QModelIndex();
}

void LongTable::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    executeDelayedItemsLayout();
    const int row = index.row();
    const int last = row - wholeRows() + 1; // the top row with which this is the last whole one
    int top = std::clamp(topRow(), last, row);
    if (hint == PositionAtTop)
        top = row;
    else if (hint == PositionAtBottom)
        top = last;
    else if (hint == PositionAtCenter)
        top = row - wholeRows() / 2;
    verticalScrollBar()->setValue(top);
    scrollToColumn(index.column());
}

void LongTable::scrollToColumn(int column)
{
    const int left = columnViewportPosition(column);
    const int beyond = left + columnWidth(column) - viewport()->width();
    QScrollBar* bar = horizontalScrollBar();
    if (left < 0)
        bar->setValue(bar->value() + left);
    else if (beyond > 0)
        bar->setValue(bar->value() + std::min(beyond, left));
}

/// How far it was scrolled since the mouse was pressed: what is selected with the mouse begins
/// there, and pixels from the first row on may be more than a number holds.
int LongTable::verticalOffset() const
{
    return int(std::clamp((topRow() - m_pressedTop) * m_rowHeight, -farthest, farthest));
}

void LongTable::mousePressEvent(QMouseEvent* event)
{
    if (!(event->modifiers() & Qt::ShiftModifier)) // else the selection begins where it did
        m_pressedTop = topRow();
    QTableView::mousePressEvent(event);
}

bool LongTable::isIndexHidden(const QModelIndex& index) const
{
    return isColumnHidden(index.column());
}

/// What the rows in view need: the others are too many to be asked.
int LongTable::sizeHintForColumn(int column) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const auto [first, last] = rowsInView();
    int width = 0;
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = model()->index(row, column);
        width = std::max(width, itemDelegateForIndex(index)->sizeHint(option, index).width());
    }
    return width;
}

void LongTable::placeHeader()
{
    QHeaderView* header = horizontalHeader();
    const int height = header->isHidden()
        ? 0
        : std::clamp(header->sizeHint().height(), header->minimumHeight(), header->maximumHeight());
    setViewportMargins(0, height, 0, 0);
    const QRect body = viewport()->geometry();
    header->setGeometry(body.left(), body.top() - height, body.width(), height);
}

void LongTable::setScrollRanges()
{
    verticalScrollBar()->setPageStep(wholeRows());
    verticalScrollBar()->setRange(0, std::max(rowCount() - wholeRows(), 0));
    const int width = viewport()->width();
    horizontalScrollBar()->setPageStep(width);
    horizontalScrollBar()->setSingleStep(m_rowHeight);
    horizontalScrollBar()->setRange(0, std::max(horizontalHeader()->length() - width, 0));
}

void LongTable::updateGeometries()
{
    if (m_placing) // the margins change the viewport, which calls this again
        return;
    m_placing = true;
    placeHeader();
    m_placing = false;
    setScrollRanges();
    QAbstractItemView::updateGeometries();
}

void LongTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, 0); // it also stops going to a row that was clicked before
    if (dy == 0)
        return;
    const qint64 pixels = qint64(dy) * m_rowHeight;
    if (std::abs(pixels) < viewport()->height())
        viewport()->scroll(0, int(pixels));
    else
        viewport()->update();
}

void LongTable::rowsInserted(const QModelIndex& parent, int first, int last)
{
    QAbstractItemView::rowsInserted(parent, first, last);
    setScrollRanges();
    if (first <= rowsInView().second + 1)
        viewport()->update();
}

bool LongTable::isInView(int first, int last) const
{
    const auto [top, bottom] = rowsInView();
    return first <= bottom && last >= top;
}

/// QTableView would paint all rows, as its vertical header does not know where these are.
void LongTable::dataChanged(
    const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles)
{
    if (!isInView(topLeft.row(), bottomRight.row()))
        return;
    viewport()->update(visualRegionForSelection(QItemSelection(topLeft, bottomRight)));
    if (QAccessible::isActive()) // it also tells screen readers
        QTableView::dataChanged(topLeft, bottomRight, roles);
}

/// What is looked at stays where it is.
void LongTable::takeRemoval(int first, int last)
{
    const int above = std::clamp(topRow() - first, 0, last - first + 1);
    verticalScrollBar()->setValue(topRow() - above);
    if (first == 0)
        m_pressedTop -= last + 1;
    setScrollRanges();
    viewport()->update();
}

/// QTableView would list each cell that is selected, to tell screen readers of the first.
void LongTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QAbstractItemView::selectionChanged(selected, deselected);
    if (QAccessible::isActive())
        QTableView::selectionChanged(firstOf(selected), firstOf(deselected));
}

/// The visible column beside this one; itself where there is none.
int LongTable::columnBeside(int column, bool right) const
{
    const QHeaderView* header = horizontalHeader();
    const int step = right ? 1 : -1;
    for (int place = header->visualIndex(column) + step; place >= 0 && place < header->count();
         place += step)
        if (const int found = header->logicalIndex(place); !header->isSectionHidden(found))
            return found;
    return column;
}

QModelIndex LongTable::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    if (rowCount() == 0)
        return {};
    const QModelIndex current = currentIndex();
    if (!current.isValid()) {
        const int first = horizontalHeader()->logicalIndex(0);
        return model()->index(0, isColumnHidden(first) ? columnBeside(first, true) : first);
    }
    const bool rightToLeft = isRightToLeft();
    qint64 row = current.row();
    int column = current.column();
    switch (action) {
    case MoveUp:
        --row;
        break;
    case MoveDown:
        ++row;
        break;
    case MovePageUp:
        row -= wholeRows();
        break;
    case MovePageDown:
        row += wholeRows();
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = rowCount() - 1;
        break;
    case MoveLeft:
    case MovePrevious:
        column = columnBeside(column, action == MoveLeft && rightToLeft);
        break;
    case MoveRight:
    case MoveNext:
        column = columnBeside(column, action == MoveNext || !rightToLeft);
        break;
    }
    return model()->index(int(std::clamp<qint64>(row, 0, rowCount() - 1)), column);
}

/// Whole rows, from that at the upper edge of the area to that at its lower one.
void LongTable::setSelection(const QRect& area, QItemSelectionModel::SelectionFlags command)
{
    if (!selectionModel() || rowCount() == 0)
        return;
    const auto [low, high] = std::minmax({rowFrom(area.top()), rowFrom(area.bottom())});
    const qint64 most = rowCount() - 1;
    if (high < 0 || low > most)
        return;
    const int last = model()->columnCount() - 1;
    selectionModel()->select(QItemSelection(model()->index(int(std::max<qint64>(low, 0)), 0),
                                 model()->index(int(std::min(high, most)), last)),
        command);
}

QRegion LongTable::visualRegionForSelection(const QItemSelection& selection) const
{
    const auto [first, last] = rowsInView();
    QRegion region;
    for (const QItemSelectionRange& range : selection) {
        const int top = std::max(range.top(), first);
        const int bottom = std::min(range.bottom(), last);
        if (top <= bottom)
            region += QRect(
                0, int(placeOf(top)), viewport()->width(), (bottom - top + 1) * m_rowHeight);
    }
    return region;
}

void LongTable::paintEvent(QPaintEvent* event)
{
    if (!model())
        return;
    QPainter painter(viewport());
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const QRect area = event->region().boundingRect();
    const auto [first, last] = rowsInView();
    const auto from = int(std::max<qint64>(rowFrom(area.top()), first));
    const auto to = int(std::min<qint64>(rowFrom(area.bottom()), last));
    for (int row = from; row <= to; ++row)
        paintRow(painter, event->region(), row, option);
}

void LongTable::paintRow(
    QPainter& painter, const QRegion& region, int row, QStyleOptionViewItem& option)
{
    for (int column = 0; column < model()->columnCount(); ++column) {
        const QModelIndex index = model()->index(row, column);
        option.rect = visualRect(index);
        if (!option.rect.isEmpty() && region.intersects(option.rect))
            paintCell(painter, index, option);
    }
}

void LongTable::paintCell(QPainter& painter, const QModelIndex& index, QStyleOptionViewItem cell)
{
    const bool enabled = (index.flags() & Qt::ItemIsEnabled) != 0;
    cell.state.setFlag(QStyle::State_Enabled, enabled && isEnabled());
    cell.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
    cell.state.setFlag(
        QStyle::State_HasFocus, index == currentIndex() && (hasFocus() || viewport()->hasFocus()));
    cell.palette.setCurrentColorGroup(
        enabled && isEnabled() ? QPalette::Normal : QPalette::Disabled);
    style()->drawPrimitive(QStyle::PE_PanelItemViewRow, &cell, &painter, this);
    itemDelegateForIndex(index)->paint(&painter, cell, index);
}

} // namespace tcpw
