// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetlistview.h"

#include "ui/fields/fixedfont.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace tcpw {

namespace {

/// What stays when there is little room; the others are left out in this order.
constexpr PacketListColumn leftOut[] = {PacketListColumn::length, PacketListColumn::window,
    PacketListColumn::acknowledgment, PacketListColumn::sequence, PacketListColumn::time,
    PacketListColumn::source, PacketListColumn::number};

constexpr int longestCell = 48; ///< characters that a column grows to
constexpr int infoCharacters = 22; ///< at least so much of Info is to be seen
constexpr int copiedRows = 100'000;

} // namespace

PacketListView::PacketListView(QWidget* parent)
    : QTableView(parent)
{
    setAccessibleName(tr("Packets"));
    setObjectName(QStringLiteral("packetTable"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideRight);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setMinimumSectionSize(16);
    m_measure.setSingleShot(true);
    m_measure.setInterval(50);
    connect(&m_measure, &QTimer::timeout, this, &PacketListView::measure);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, &m_measure,
        static_cast<void (QTimer::*)()>(&QTimer::start));
    connect(
        horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column, int, int size) {
            if (m_sharing || size == 0 || column == int(PacketListColumn::info))
                return;
            m_widths[std::size_t(column)] = size;
            m_chosen[std::size_t(column)] = true;
        });
    setFont(fixedFont());
    QFont proportional; // its size follows likewise
    proportional.setFamilies(QGuiApplication::font().families());
    horizontalHeader()->setFont(proportional);
    setUpRows();
}

void PacketListView::setUpRows()
{
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
}

void PacketListView::setModel(QAbstractItemModel* model)
{
    QTableView::setModel(model);
    measureAnew();
    connect(model, &QAbstractItemModel::modelReset, this, &PacketListView::measureAnew);
    connect(model, &QAbstractItemModel::dataChanged, &m_measure,
        static_cast<void (QTimer::*)()>(&QTimer::start));
}

bool PacketListView::atEnd() const
{
    return verticalScrollBar()->value() >= verticalScrollBar()->maximum();
}

/// Follows the end unless it was scrolled away from.
void PacketListView::rowsInserted(const QModelIndex& parent, int first, int last)
{
    const bool follow = atEnd();
    QTableView::rowsInserted(parent, first, last);
    if (follow)
        scrollToBottom();
    if (!m_measure.isActive())
        m_measure.start();
}

int PacketListView::preferredWidth(int column) const
{
    const QHeaderView* header = horizontalHeader();
    int width = header->sectionSizeHint(column);
    const int first = std::max(rowAt(0), 0);
    const int lastAt = rowAt(viewport()->height() - 1);
    const int last = lastAt < 0 ? model()->rowCount() - 1 : lastAt;
    const int longest = longestCell * fontMetrics().horizontalAdvance(QLatin1Char('0'));
    for (int row = first; row <= last; ++row) {
        const QString text = model()->index(row, column).data().toString();
        width = std::max(width, std::min(fontMetrics().horizontalAdvance(text), longest) + 12);
    }
    return width;
}

/// Columns grow with what the visible rows show, and never shrink while they show it.
void PacketListView::measure()
{
    if (!model())
        return;
    for (int column = 0; column < packetListColumnCount; ++column)
        if (!m_chosen[std::size_t(column)])
            m_widths[std::size_t(column)]
                = std::max(m_widths[std::size_t(column)], preferredWidth(column));
    shareWidth();
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
    for (int column = 0; column < int(PacketListColumn::info); ++column)
        taken += m_widths[std::size_t(column)];
    std::array<bool, packetListColumnCount> hidden{};
    for (const PacketListColumn column : leftOut) {
        if (taken <= viewport()->width())
            break;
        hidden[std::size_t(column)] = true;
        taken -= m_widths[std::size_t(column)];
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
    QTableView::resizeEvent(event);
    shareWidth();
    m_measure.start();
}

void PacketListView::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::StyleChange)
        return;
    setUpRows();
    measureAnew();
}

void PacketListView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        return copy();
    QTableView::keyPressEvent(event);
}

void PacketListView::copy() const
{
    QString text;
    int rows = 0;
    for (const QModelIndex& row : selectionModel()->selectedRows()) {
        if (++rows > copiedRows)
            break;
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column)
            cells << row.siblingAtColumn(column).data().toString();
        text += cells.join(QLatin1Char('\t')) % QLatin1Char('\n');
    }
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

} // namespace tcpw
