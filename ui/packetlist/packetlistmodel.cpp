// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetlistmodel.h"

#include "ui/fields/plaintext.h"
#include "ui/packetlist/rowcolours.h"

#include <QFont>

#include <algorithm>
#include <array>

namespace tcpw {

namespace {

constexpr qint64 trackedInterval = 60; // ms between two updates of what tracking says
constexpr int sortDelay = 500; // ms; sorting millions of packets takes as long

bool dependsOnTracking(PacketListColumn column)
{
    constexpr std::array columns{PacketListColumn::connection, PacketListColumn::sequence,
        PacketListColumn::acknowledgment, PacketListColumn::problem, PacketListColumn::info};
    return std::ranges::find(columns, column) != columns.end();
}

} // namespace

PacketListModel::PacketListModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_text(m_names, m_style, m_devices)
    , m_cache(cachedPackets)
{
    m_more.setSingleShot(true);
    m_sortAgain.setSingleShot(true);
    m_sortAgain.setInterval(sortDelay);
    m_trackedTimer.setSingleShot(true);
    connect(&m_trackedTimer, &QTimer::timeout, this, &PacketListModel::showTracked);
    connect(&m_more, &QTimer::timeout, this, &PacketListModel::showMore);
    connect(&m_sortAgain, &QTimer::timeout, this, &PacketListModel::sortAgain);
    connect(&m_scanner, &RowScanner::picked, this, &PacketListModel::insertPicked);
    connect(&m_sorter, &RowSorter::sorted, this, &PacketListModel::takeSorted);
}

void PacketListModel::setStore(const PacketStore* store)
{
    beginResetModel();
    m_sorter.cancel();
    m_more.stop();
    m_trackedTimer.stop();
    m_source.store = store;
    m_scanner.setSource(m_source);
    m_cache.clear();
    m_marks.clear();
    m_firstTime.reset();
    m_rows = RowList();
    m_rows.setPicking(!m_choice.all());
    m_count = m_scanned = m_tracked = m_untold = 0;
    endResetModel();
    if (!store)
        return;
    m_rows.setRange(qsizetype(store->first()), qsizetype(store->first()));
    m_count = m_rows.first();
    extendTo(qsizetype(store->size()));
}

void PacketListModel::extendTo(qsizetype count)
{
    if (!m_source.store || count <= m_count)
        return;
    m_count = count;
    if (!m_firstTime)
        m_firstTime = m_source.store->record(std::size_t(m_rows.first())).timestamp;
    m_scanner.extendTo(static_cast<std::size_t>(count));
    showMore();
}

/// Rows for the packets that came; a table takes long for a million at once.
void PacketListModel::showMore()
{
    if (m_rows.isPicked() || m_rows.isSorted()) {
        m_rows.setRange(m_rows.first(), m_count);
        if (!m_rows.isPicked())
            sortSoon();
        return;
    }
    const qsizetype first = m_rows.first();
    const qsizetype end = m_rows.end();
    const qsizetype next = std::min(m_count, end + rowsAtOnce);
    if (next <= end)
        return;
    beginInsertRows({}, int(end - first), int(next - first - 1));
    m_rows.setRange(first, next);
    endInsertRows();
    if (next < m_count)
        m_more.start(0);
    if (m_order)
        sortSoon();
}

void PacketListModel::dropBefore(qsizetype packet)
{
    if (packet <= m_rows.first())
        return;
    const int forgotten = int(m_rows.forgottenBy(packet));
    if (m_rows.isSorted()) {
        beginResetModel();
        m_rows.forget(packet);
        endResetModel();
    } else if (forgotten > 0) {
        beginRemoveRows({}, 0, forgotten - 1);
        m_rows.forget(packet);
        endRemoveRows();
    } else {
        m_rows.forget(packet);
    }
    m_marks.erase(m_marks.begin(), m_marks.lower_bound(packet));
    if (packet > m_count) {
        m_count = packet;
        m_scanner.extendTo(std::size_t(m_count));
    }
}

void PacketListModel::setChoice(const RowChoice& choice)
{
    beginResetModel();
    m_sorter.cancel();
    m_choice = choice;
    m_scanned = 0;
    m_rows.setPicking(!choice.all());
    if (choice.all())
        m_rows.setRange(m_rows.first(), m_count);
    m_scanner.setChoice(choice);
    endResetModel();
    if (m_order)
        sortSoon();
}

void PacketListModel::insertPicked(std::vector<quint32> packets, qsizetype scanned)
{
    m_scanned = scanned;
    // dropBefore() may have come between finding them and this.
    packets.erase(
        packets.begin(), std::ranges::lower_bound(packets, static_cast<quint32>(m_rows.first())));
    if (packets.empty())
        return;
    if (m_rows.isSorted()) {
        m_rows.pick(packets);
        sortSoon();
        return;
    }
    const int first = rowCount();
    beginInsertRows({}, first, first + int(packets.size()) - 1);
    m_rows.pick(packets);
    endInsertRows();
    if (m_order)
        sortSoon();
}

void PacketListModel::sort(int column, Qt::SortOrder direction)
{
    m_sortAgain.stop();
    m_order.reset();
    if (column > 0 || (column == 0 && direction == Qt::DescendingOrder))
        m_order = RowOrder{PacketListColumn(column), direction};
    if (m_order)
        return startSort();
    m_sorter.cancel();
    if (!m_rows.isSorted())
        return;
    beginResetModel();
    m_rows.setSorted({});
    endResetModel();
}

void PacketListModel::sortSoon()
{
    if (m_order && !m_sortAgain.isActive())
        m_sortAgain.start();
}

/// What comes meanwhile must not end a sort, or one that takes longer than that never ends.
void PacketListModel::sortAgain()
{
    if (m_sorter.isSorting())
        sortSoon();
    else
        startSort();
}

void PacketListModel::startSort()
{
    if (m_order && m_source.store)
        m_sorter.sort(m_source, m_rows.listInOrder(), *m_order, m_style);
}

void PacketListModel::takeSorted()
{
    beginResetModel();
    m_rows.setSorted(m_sorter.takeSorted());
    m_rows.forget(m_rows.first());
    endResetModel();
}

void PacketListModel::setConnections(const ConnectionService* connections)
{
    m_sorter.cancel();
    m_source.connections = connections;
    m_scanner.setSource(m_source);
    m_scanner.extendTo(std::size_t(m_count));
    m_tracked = m_untold = 0;
    m_cache.clear();
    if (!m_choice.all())
        setChoice(RowChoice(m_choice));
}

void PacketListModel::updateTracked(qsizetype count)
{
    m_scanner.extendTracked(std::size_t(count));
    const qsizetype first = std::exchange(m_tracked, count);
    m_untold = std::min(m_untold, first);
    for (const qsizetype packet : m_cache.keys())
        if (packet >= first)
            m_cache.remove(packet);
    // At once, if that was not just now: painting all rows costs more than tracking thousands.
    if (first < m_count && first < count && !m_trackedTimer.isActive()) {
        if (m_sinceTracked.isValid() && m_sinceTracked.elapsed() < trackedInterval)
            m_trackedTimer.start(int(trackedInterval - m_sinceTracked.elapsed()));
        else
            showTracked();
    }
    if (m_order && dependsOnTracking(m_order->column) && first < count)
        sortSoon();
}

void PacketListModel::showTracked()
{
    m_sinceTracked.start();
    const qsizetype packet = std::exchange(m_untold, m_tracked);
    const bool inOrder = !m_rows.isPicked() && !m_rows.isSorted();
    updateFrom(inOrder ? std::max<qsizetype>(packet - m_rows.first(), 0) : 0,
        PacketListColumn::connection, PacketListColumn::info);
}

void PacketListModel::updateFrom(
    qsizetype row, PacketListColumn first, PacketListColumn last, const QList<int>& roles)
{
    if (row < rowCount())
        emit dataChanged(index(int(row), int(first)), index(rowCount() - 1, int(last)), roles);
}

void PacketListModel::setChosenConnection(std::optional<quint32> number)
{
    if (std::exchange(m_chosenConnection, number) != number)
        updateFrom(0, PacketListColumn::number, PacketListColumn::info, {Qt::BackgroundRole});
}

bool PacketListModel::isOfChosenConnection(const ListedPacket& packet) const
{
    return !m_chosenConnection
        || (packet.tracked && packet.tracked->isTcp()
            && packet.tracked->connection == *m_chosenConnection);
}

void PacketListModel::setEndNames(const EndNames& names)
{
    if (names == m_names)
        return;
    m_names = names;
    updateFrom(0, PacketListColumn::source, PacketListColumn::destination, {Qt::DisplayRole});
}

void PacketListModel::setStyle(const ListStyle& style)
{
    if (style == m_style)
        return;
    m_style = style;
    updateFrom(0, PacketListColumn::number, PacketListColumn::info, {Qt::DisplayRole});
    emit headerDataChanged(Qt::Horizontal, 0, packetListColumnCount - 1);
    sortSoon();
}

void PacketListModel::setDeviceNames(const QStringList& names)
{
    m_devices = names;
    updateFrom(0, PacketListColumn::device, PacketListColumn::device, {Qt::DisplayRole});
}

void PacketListModel::setMarked(const std::vector<qsizetype>& packets, bool marked)
{
    for (const qsizetype packet : packets)
        if (marked)
            m_marks.insert(packet);
        else
            m_marks.erase(packet);
    // Finding each one's row in a sorted list would take longer than painting those in view.
    updateFrom(0, PacketListColumn::number, PacketListColumn::info);
}

void PacketListModel::updatePacket(qsizetype packet)
{
    m_cache.remove(packet);
    if (const int row = rowOf(packet); row >= 0)
        emit dataChanged(index(row, 0), index(row, packetListColumnCount - 1));
}

const ListedPacket* PacketListModel::listed(qsizetype packet) const
{
    if (!m_source.store || packet < m_rows.first() || packet >= m_count)
        return nullptr;
    if (const ListedPacket* known = m_cache.object(packet))
        return known;
    m_cache.insert(packet, new ListedPacket(readListed(m_source, std::size_t(packet))));
    return m_cache.object(packet);
}

int PacketListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PacketListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : packetListColumnCount;
}

QVariant PacketListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = PacketListColumn(index.column());
    const qsizetype number = packetOf(index.row());
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    if (role == PacketListRole::Packet)
        return number;
    if (role == Qt::FontRole) {
        QFont bold;
        bold.setBold(true);
        return isMarked(number) ? QVariant(bold) : QVariant();
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::BackgroundRole
        && role != Qt::ForegroundRole && role != PacketListRole::Origin)
        return {};

    const ListedPacket* packet = listed(number);
    if (!packet)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*packet, column, index.row());
    case Qt::ToolTipRole:
        return plainToolTip(m_text.toolTip(*packet, column));
    case Qt::BackgroundRole:
        return rowGround(*packet, isOfChosenConnection(*packet));
    case Qt::ForegroundRole:
        return cellColour(*packet, column);
    default:
        return int(packet->record.origin);
    }
}

QString PacketListModel::text(const ListedPacket& packet, PacketListColumn column, int row) const
{
    const QString cell = m_text.cell(packet, column, times(qsizetype(packet.number), row));
    const bool marked = column == PacketListColumn::number && isMarked(qsizetype(packet.number));
    return marked ? cell % QStringLiteral(" ●") : cell;
}

RowTimes PacketListModel::times(qsizetype packet, int row) const
{
    const PacketStore& store = *m_source.store;
    qsizetype before = packet;
    if (m_style.time == TimeForm::sinceCaptured)
        before = std::max(packet - 1, m_rows.first());
    else if (m_style.time == TimeForm::sinceShown && row > 0)
        before = packetOf(row - 1);
    return {m_firstTime.value_or(0), store.record(std::size_t(before)).timestamp};
}

QVariant PacketListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= packetListColumnCount)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return columnTitle(PacketListColumn(section), m_style);
    case Qt::ToolTipRole:
        return plainToolTip(columnHelp(PacketListColumn(section), m_style));
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    }
    return {};
}

} // namespace tcpw
