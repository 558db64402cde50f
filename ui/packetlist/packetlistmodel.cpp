// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetlistmodel.h"

#include "connection/reasontext.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"

#include <QGuiApplication>

#include <algorithm>

namespace tcpw {

namespace {

struct ColumnTitle
{
    const char* title;
    const char* help;
};

constexpr ColumnTitle columnTitles[] = {
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "No."),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Number of the packet in this capture")},
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Time"),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Seconds since the first packet")},
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "From"),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel",
            "Who put the packet on the wire: me (this program), kernel (your own computer's stack) "
            "or peer (it came in)")},
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Source"),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Source address and port")},
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Destination"),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Destination address and port")},
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Flags"),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel",
            "Control bits (RFC 9293, section 3.1); of other packets the protocol")},
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Seq (relative)"),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel",
            "Sequence number, counted from the first one of its direction (RFC 9293, section "
            "3.4)")},
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Ack"),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel",
            "Acknowledgment number, counted from the other direction's first sequence number")},
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Win"),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Window as sent, before scaling (RFC 7323)")},
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Len"),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Bytes of data")},
    {QT_TRANSLATE_NOOP("tcpw::PacketListModel", "Info"),
        QT_TRANSLATE_NOOP("tcpw::PacketListModel", "What the packet says, in words")},
};
static_assert(std::size(columnTitles) == packetListColumnCount);

} // namespace

PacketListModel::PacketListModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_text(m_names, m_scanner.sequences())
    , m_cache(cachedPackets)
{
    connect(&m_scanner, &RowScanner::noted, this, &PacketListModel::updateSequences);
    connect(&m_scanner, &RowScanner::picked, this, &PacketListModel::insertPicked);
}

void PacketListModel::setStore(const PacketStore* store)
{
    beginResetModel();
    m_scanner.setStore(store);
    m_store = store;
    m_cache.clear();
    m_picked.clear();
    m_count = store ? static_cast<qsizetype>(store->size()) : 0;
    m_scanned = m_noted = m_tracked = 0;
    m_scanner.extendTo(static_cast<std::size_t>(m_count));
    endResetModel();
}

void PacketListModel::extendTo(qsizetype count)
{
    if (!m_store || count <= m_count)
        return;
    m_scanner.extendTo(static_cast<std::size_t>(count));
    if (m_choice.all()) {
        beginInsertRows({}, int(m_count), int(count - 1));
        m_count = count;
        endInsertRows();
    } else {
        m_count = count;
    }
}

void PacketListModel::setChoice(const RowChoice& choice)
{
    beginResetModel();
    m_choice = choice;
    m_picked.clear();
    m_scanned = 0;
    m_scanner.setChoice(choice);
    endResetModel();
}

void PacketListModel::insertPicked(const std::vector<quint32>& packets, qsizetype scanned)
{
    m_scanned = scanned;
    if (packets.empty())
        return;
    const int first = int(m_picked.size());
    beginInsertRows({}, first, first + int(packets.size()) - 1);
    m_picked.insert(m_picked.end(), packets.begin(), packets.end());
    endInsertRows();
}

/// Relative numbers of rows that were shown before they were known have changed.
void PacketListModel::updateSequences(qsizetype count)
{
    const qsizetype first = std::exchange(m_noted, count);
    if (!m_choice.all() || first >= m_count || count <= first)
        return;
    emit dataChanged(index(int(first), int(PacketListColumn::sequence)),
        index(int(std::min(count, m_count)) - 1, int(PacketListColumn::acknowledgment)),
        {Qt::DisplayRole});
}

void PacketListModel::setConnections(const ConnectionService* connections)
{
    m_connections = connections;
    m_tracked = 0;
    m_cache.clear();
}

void PacketListModel::updateTracked(qsizetype count)
{
    const qsizetype first = std::exchange(m_tracked, count);
    for (const qsizetype packet : m_cache.keys())
        if (packet >= first)
            m_cache.remove(packet);
    if (!m_choice.all() || first >= m_count || count <= first)
        return;
    emit dataChanged(index(int(first), int(PacketListColumn::info)),
        index(int(std::min(count, m_count)) - 1, int(PacketListColumn::info)), {Qt::DisplayRole});
}

void PacketListModel::setChosenConnection(std::optional<quint32> number)
{
    if (std::exchange(m_chosenConnection, number) != number && rowCount() > 0)
        emit dataChanged(
            index(0, 0), index(rowCount() - 1, packetListColumnCount - 1), {Qt::BackgroundRole});
}

bool PacketListModel::isOfChosenConnection(const ListedPacket& packet) const
{
    const auto tracked = m_connections && m_chosenConnection
        ? m_connections->tracked(qsizetype(packet.number))
        : std::optional<TrackedPacket>();
    return !m_chosenConnection
        || (tracked && tracked->isTcp() && tracked->connection == *m_chosenConnection);
}

/// What tracking says of a packet beyond its own bytes, as a sentence without its full stop.
QString PacketListModel::reason(
    std::size_t packet, const PacketRecord& record, ByteView bytes) const
{
    const auto tracked = m_connections ? m_connections->tracked(qsizetype(packet))
                                       : std::optional<TrackedPacket>();
    if (!tracked || tracked->reason == Reason::none)
        return {};
    const auto segment = readSegment(bytes, record.linkType, record.originalLength);
    if (!segment)
        return {};
    std::optional<SegmentFacts> referred;
    if (tracked->refersTo > 0 && tracked->refersTo <= m_store->size()) {
        const std::size_t other = tracked->refersTo - 1;
        const PacketRecord otherRecord = m_store->record(other);
        if (const auto otherBytes = m_store->bytes(other))
            referred = readSegment(*otherBytes, otherRecord.linkType, otherRecord.originalLength);
    }
    return harmless(fromUtf8(reasonText(*tracked, *segment, referred ? &*referred : nullptr)));
}

void PacketListModel::setEndNames(const EndNames& names)
{
    if (names == m_names)
        return;
    m_names = names;
    if (rowCount() > 0)
        emit dataChanged(index(0, int(PacketListColumn::source)),
            index(rowCount() - 1, int(PacketListColumn::destination)), {Qt::DisplayRole});
}

qsizetype PacketListModel::packetOf(int row) const
{
    return m_choice.all() ? row : qsizetype(m_picked[std::size_t(row)]);
}

int PacketListModel::rowOf(qsizetype packet) const
{
    if (packet < 0 || packet >= m_count)
        return -1;
    if (m_choice.all())
        return int(packet);
    const auto found = std::ranges::lower_bound(m_picked, quint32(packet));
    const bool picked = found != m_picked.end() && *found == quint32(packet);
    return picked ? int(found - m_picked.begin()) : -1;
}

const ListedPacket* PacketListModel::listed(qsizetype packet) const
{
    if (!m_store || packet < 0 || packet >= m_count)
        return nullptr;
    if (const ListedPacket* known = m_cache.object(packet))
        return known;
    const auto number = static_cast<std::size_t>(packet);
    const auto bytes = m_store->bytes(number);
    auto fresh = std::make_unique<ListedPacket>(
        listedPacket(number, m_store->record(number), bytes ? *bytes : Bytes()));
    if (!bytes)
        fresh->info = harmless(fromUtf8(bytes.error().message));
    else if (const QString why = reason(number, fresh->record, *bytes); !why.isEmpty())
        fresh->info = why;
    m_cache.insert(packet, fresh.release());
    return m_cache.object(packet);
}

int PacketListModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return m_choice.all() ? int(m_count) : int(m_picked.size());
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
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    if (role == PacketListRole::Packet)
        return packetOf(index.row());
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::BackgroundRole
        && role != Qt::ForegroundRole && role != PacketListRole::Origin)
        return {};

    const ListedPacket* packet = listed(packetOf(index.row()));
    if (!packet)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return m_text.cell(*packet, column, firstTime());
    case Qt::ToolTipRole:
        return plainToolTip(m_text.toolTip(*packet, column));
    case Qt::BackgroundRole:
        return background(*packet);
    case Qt::ForegroundRole:
        return foreground(*packet, column);
    default:
        return int(packet->record.origin);
    }
}

QVariant PacketListModel::background(const ListedPacket& packet) const
{
    // What the own kernel sent surprises people: it stands out in every connection.
    if (packet.record.origin != Origin::kernel && !isOfChosenConnection(packet))
        return {};
    const Theme& theme = Theme::of(QGuiApplication::palette());
    switch (packet.record.origin) {
    case Origin::me:
        return theme.meFill;
    case Origin::kernel:
        return theme.kernelFill;
    case Origin::peer:
        return theme.peerFill;
    case Origin::unknown:
        break;
    }
    return {};
}

QVariant PacketListModel::foreground(const ListedPacket& packet, PacketListColumn column) const
{
    if (column != PacketListColumn::from)
        return {};
    const Theme& theme = Theme::of(QGuiApplication::palette());
    switch (packet.record.origin) {
    case Origin::me:
        return theme.me;
    case Origin::kernel:
        return theme.kernel;
    case Origin::peer:
        return theme.peer;
    case Origin::unknown:
        break;
    }
    return {};
}

QVariant PacketListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= packetListColumnCount)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return tr(columnTitles[section].title);
    case Qt::ToolTipRole:
        return plainToolTip(tr(columnTitles[section].help));
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    }
    return {};
}

std::int64_t PacketListModel::firstTime() const
{
    return m_count > 0 ? m_store->record(0).timestamp : 0;
}

} // namespace tcpw
