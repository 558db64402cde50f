// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetlistview.h"

#include "ui/fields/celldelegate.h"
#include "ui/fields/fixedfont.h"
#include "ui/packetlist/rowcopy.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStyleOptionHeader>

#include <algorithm>

namespace tcpw {

namespace {

/// What stays when there is little room; the others are left out in this order.
constexpr PacketListColumn leftOut[] = {PacketListColumn::length, PacketListColumn::window,
    PacketListColumn::acknowledgment, PacketListColumn::sequence, PacketListColumn::comment,
    PacketListColumn::frame, PacketListColumn::checksum, PacketListColumn::problem,
    PacketListColumn::time, PacketListColumn::connection, PacketListColumn::device,
    PacketListColumn::source, PacketListColumn::number};

constexpr int longestCell = 48; ///< characters that a column grows to
constexpr int infoCharacters = 22; ///< at least so much of Info is to be seen

} // namespace

PacketListView::PacketListView(QWidget* parent)
    : LongTable(parent)
{
    setAccessibleName(tr("Packets"));
    setObjectName(QStringLiteral("packetTable"));
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    for (int column = 0; column < packetListColumnCount; ++column)
        m_wanted[std::size_t(column)] = isUsualColumn(PacketListColumn(column));
    setUpHeader();
    m_measure.setSingleShot(true);
    m_measure.setInterval(50);
    connect(&m_measure, &QTimer::timeout, this, &PacketListView::measure);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, &m_measure,
        static_cast<void (QTimer::*)()>(&QTimer::start));
    setFont(fixedFont());
    setItemDelegate(new CellDelegate(this));
    setUpRows();
}

void PacketListView::setUpHeader()
{
    QHeaderView* header = horizontalHeader();
    QFont proportional; // its size follows the window's
    proportional.setFamilies(QGuiApplication::font().families());
    header->setFont(proportional);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setMinimumSectionSize(16);
    header->setSectionsMovable(true);
    // A third click on a heading brings the packets' own order back; only then is no room taken for
    // the mark.
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true);
    setSortingEnabled(true);
    header->setSortIndicatorShown(false);
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this, header](int column) {
        header->setSortIndicatorShown(column >= 0);
        measure();
    });
    connect(header, &QHeaderView::sectionMoved, this, [this] {
        keepInfoLast();
        emit columnsChanged();
    });
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int size) {
        if (m_sharing || size == 0 || column == int(PacketListColumn::info))
            return;
        m_widths[std::size_t(column)] = size;
        m_chosen[std::size_t(column)] = true;
    });
}

void PacketListView::keepInfoLast()
{
    QHeaderView* header = horizontalHeader();
    const int last = packetListColumnCount - 1;
    if (const int place = header->visualIndex(int(PacketListColumn::info)); place != last)
        header->moveSection(place, last);
}

void PacketListView::setColumnWanted(PacketListColumn column, bool wanted)
{
    if (column == PacketListColumn::info || m_wanted[std::size_t(column)] == wanted)
        return;
    m_wanted[std::size_t(column)] = wanted;
    measure();
    emit columnsChanged();
}

QStringList PacketListView::columns() const
{
    QStringList keys;
    for (int place = 0; place < packetListColumnCount; ++place) {
        const auto column = PacketListColumn(horizontalHeader()->logicalIndex(place));
        if (isColumnWanted(column))
            keys << columnKey(column);
    }
    return keys;
}

void PacketListView::setColumns(const QStringList& keys)
{
    QList<int> columns;
    for (const QString& key : keys)
        for (int column = 0; column < packetListColumnCount; ++column)
            if (columnKey(PacketListColumn(column)) == key && !columns.contains(column))
                columns << column;
    if (columns.isEmpty())
        return;
    m_wanted.fill(false);
    m_wanted[std::size_t(PacketListColumn::info)] = true;
    for (int place = 0; place < columns.size(); ++place) {
        m_wanted[std::size_t(columns[place])] = true;
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(columns[place]), place);
    }
    measure();
    emit columnsChanged();
}

void PacketListView::resetColumns()
{
    for (int column = 0; column < packetListColumnCount; ++column) {
        horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column), column);
        m_wanted[std::size_t(column)] = isUsualColumn(PacketListColumn(column));
    }
    measureAnew();
    emit columnsChanged();
}

void PacketListView::setUpRows()
{
    setRowHeight(fontMetrics().height() + 6);
}

void PacketListView::setModel(QAbstractItemModel* model)
{
    LongTable::setModel(model);
    measureAnew();
    connect(model, &QAbstractItemModel::modelReset, this, &PacketListView::measureAnew);
}

bool PacketListView::atEnd() const
{
    return verticalScrollBar()->value() >= verticalScrollBar()->maximum();
}

/// Follows the end unless it was scrolled away from.
void PacketListView::rowsInserted(const QModelIndex& parent, int first, int last)
{
    const bool follow = atEnd() && horizontalHeader()->sortIndicatorSection() < 0
        && (first > 0 || !m_startsAtTop);
    LongTable::rowsInserted(parent, first, last);
    if (follow)
        scrollToBottom();
    growSoon(first, last);
}

/// It goes on when there is less room than before.
void PacketListView::updateGeometries()
{
    QScrollBar* bar = verticalScrollBar();
    const bool follow = atEnd() && horizontalHeader()->sortIndicatorSection() < 0
        && (bar->maximum() > 0 || !m_startsAtTop);
    LongTable::updateGeometries();
    if (follow)
        bar->setValue(bar->maximum());
}

/// What changes after a while is measured at once, so that nobody sees it cut; a flood in steps.
void PacketListView::growSoon(int first, int last)
{
    if (m_measure.isActive() || !isInView(first, last))
        return;
    const auto [from, to] = rowsInView();
    growFor(std::max(first, from), std::min(last, to));
    m_measure.start();
}

void PacketListView::dataChanged(
    const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles)
{
    LongTable::dataChanged(topLeft, bottomRight, roles);
    growSoon(topLeft.row(), bottomRight.row());
}

/// Only the column that the rows are sorted by has room for the mark, so that no heading moves away
/// under the mouse.
void PacketListView::growForHeadings()
{
    const QHeaderView* header = horizontalHeader();
    QStyleOptionHeader option;
    option.initFrom(header);
    QFont bold = header->font(); // as the heading itself reckons
    bold.setBold(true);
    option.fontMetrics = QFontMetrics(bold);
    const int sorted = header->isSortIndicatorShown() ? header->sortIndicatorSection() : -1;
    for (int column = 0; column < packetListColumnCount; ++column) {
        if (!m_wanted[std::size_t(column)])
            continue;
        option.section = column;
        option.text = model()->headerData(column, Qt::Horizontal).toString();
        option.sortIndicator
            = column == sorted ? QStyleOptionHeader::SortDown : QStyleOptionHeader::None;
        const QSize size
            = header->style()->sizeFromContents(QStyle::CT_HeaderSection, &option, {}, header);
        growTo(column, size.width());
    }
}

void PacketListView::measure()
{
    if (!model())
        return;
    growForHeadings();
    const auto [first, last] = rowsInView();
    growFor(first, last);
}

/// Columns grow with what the visible rows show, and never shrink while they show it.
void PacketListView::growFor(int first, int last)
{
    const int longest = longestCell * fontMetrics().horizontalAdvance(QLatin1Char('0'));
    for (int row = first; row <= last; ++row) {
        const QVariant own = model()->index(row, 0).data(Qt::FontRole); // a marked row is bold
        const QFontMetrics metrics(own.isValid() ? own.value<QFont>().resolve(font()) : font());
        for (int column = 0; column < packetListColumnCount; ++column)
            if (m_wanted[std::size_t(column)]) {
                const QString text = model()->index(row, column).data().toString();
                growTo(column, std::min(metrics.horizontalAdvance(text), longest) + 12);
            }
    }
    shareWidth();
}

void PacketListView::growTo(int column, int width)
{
    int& known = m_widths[std::size_t(column)];
    if (m_wanted[std::size_t(column)] && !m_chosen[std::size_t(column)])
        known = std::max(known, width);
}

void PacketListView::measureAnew()
{
    m_widths.fill(0);
    m_chosen.fill(false);
    measure();
}

void PacketListView::shareWidth()
{
    if (!model())
        return;
    const int info = infoCharacters * fontMetrics().horizontalAdvance(QLatin1Char('0'));
    int taken = info;
    std::array<bool, packetListColumnCount> hidden{};
    for (int column = 0; column < int(PacketListColumn::info); ++column) {
        hidden[std::size_t(column)] = !m_wanted[std::size_t(column)];
        taken += hidden[std::size_t(column)] ? 0 : m_widths[std::size_t(column)];
    }
    for (const PacketListColumn column : leftOut) {
        if (taken <= viewport()->width())
            break;
        taken -= hidden[std::size_t(column)] ? 0 : m_widths[std::size_t(column)];
        hidden[std::size_t(column)] = true;
    }
    m_sharing = true;
    for (int column = 0; column < int(PacketListColumn::info); ++column) {
        setColumnHidden(column, hidden[std::size_t(column)]);
        if (!hidden[std::size_t(column)])
            setColumnWidth(column, m_widths[std::size_t(column)]);
    }
    m_sharing = false;
}

void PacketListView::resizeEvent(QResizeEvent* event)
{
    LongTable::resizeEvent(event);
    shareWidth();
    m_measure.start();
}

void PacketListView::changeEvent(QEvent* event)
{
    LongTable::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange)
        return;
    setUpRows();
    measureAnew();
}

void PacketListView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        return copy();
    LongTable::keyPressEvent(event);
}

void PacketListView::copy() const
{
    copyRows(*this, RowNotation::lines);
}

} // namespace tcpw
