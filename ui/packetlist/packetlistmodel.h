// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/rowlist.h"
#include "ui/packetlist/rowscanner.h"
#include "ui/packetlist/rowsorter.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QElapsedTimer>
#include <QTimer>

#include <set>

namespace tcpw {

/// The packets of a store, all or those that a choice picks, one a row, in their order or sorted.
/// Decodes a packet when its row is first asked for, and keeps the most recent ones.
class PacketListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit PacketListModel(QObject* parent = nullptr);

    /// Shows another store from its first packet, or none. The former is not read any more.
    void setStore(const PacketStore* store);
    /// The store has so many packets now. Many at once get their rows in several steps.
    void extendTo(qsizetype count);
    /// The store has dropped its packets before this one.
    void dropBefore(qsizetype packet);
    /// Packets in the store, shown or not.
    qsizetype packetCount() const { return m_count - m_rows.first(); }
    /// The number after the last packet's; packets count from 0.
    qsizetype packetEnd() const { return m_count; }

    /// Shows the packets of this choice; others come back when it is all() again.
    void setChoice(const RowChoice& choice);
    const RowChoice& choice() const { return m_choice; }
    /// True while packets are still being looked at for the choice.
    bool choosing() const { return !m_choice.all() && m_scanned < m_count; }

    /// Sorts by a column, by none when it is -1; the rows change their places when it is done.
    void sort(int column, Qt::SortOrder direction = Qt::AscendingOrder) override;
    /// True while the rows are not in the order that was asked for.
    bool sorting() const { return m_order && (!m_rows.isSorted() || m_sorter.isSorting()); }

    /// Where the model learns what tracking says of a packet, or null. It must outlive the model or
    /// be replaced before, and get another store only after the model.
    void setConnections(const ConnectionService* connections);
    /// So many packets are tracked now: what their rows say may be more.
    void updateTracked(qsizetype count);

    /// Only the rows of this connection stand out by whose packets they are, and those of the own
    /// kernel; without one, all do.
    void setChosenConnection(std::optional<quint32> number);

    void setEndNames(const EndNames& names);
    const EndNames& endNames() const { return m_names; }
    void setStyle(const ListStyle& style);
    const ListStyle& style() const { return m_style; }
    void setDeviceNames(const QStringList& names); ///< by their numbers
    const QStringList& deviceNames() const { return m_devices; }

    void setMarked(const std::vector<qsizetype>& packets, bool marked);
    bool isMarked(qsizetype packet) const { return m_marks.contains(packet); }
    const std::set<qsizetype>& marks() const { return m_marks; }
    /// Its comments are others now.
    void updatePacket(qsizetype packet);

    /// The packet's number in the store, from 0.
    qsizetype packetOf(int row) const { return m_rows.packetAt(row); }
    /// The row of a packet; -1 when it has none.
    int rowOf(qsizetype packet) const { return int(m_rows.rowOf(packet)); }
    /// All packets that have a row, in their order.
    std::vector<quint32> shownPackets() const { return m_rows.inOrder(); }
    /// Null when the store has no such packet.
    const ListedPacket* listed(qsizetype packet) const;
    /// How many packets are decoded now.
    qsizetype decodedCount() const { return m_cache.size(); }
    RowSource source() const { return m_source; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static constexpr int cachedPackets = 200;
    static constexpr qsizetype rowsAtOnce = 100'000;

private:
    bool isOfChosenConnection(const ListedPacket& packet) const;
    QString text(const ListedPacket& packet, PacketListColumn column, int row) const;
    RowTimes times(qsizetype packet, int row) const;
    void showMore();
    void insertPicked(std::vector<quint32> packets, qsizetype scanned);
    void startSort();
    void takeSorted();
    void sortSoon();
    void sortAgain();
    void showTracked();
    /// Says that these columns have changed, from this row to the last.
    void updateFrom(
        qsizetype row, PacketListColumn first, PacketListColumn last, const QList<int>& roles = {});

    RowSource m_source;
    RowScanner m_scanner;
    RowSorter m_sorter;
    EndNames m_names;
    ListStyle m_style;
    QStringList m_devices;
    PacketListText m_text;
    RowChoice m_choice;
    std::optional<RowOrder> m_order;
    RowList m_rows;
    qsizetype m_count = 0; ///< packets in the store that rows may show
    qsizetype m_scanned = 0; ///< packets that the choice was asked about
    qsizetype m_tracked = 0; ///< packets that updateTracked() told of
    std::optional<quint32> m_chosenConnection;
    std::set<qsizetype> m_marks;
    std::optional<std::int64_t> m_firstTime;
    qsizetype m_untold = 0; ///< packets from this one on are tracked, but views were not told
    QElapsedTimer m_sinceTracked; ///< since rows were last said to know more
    QTimer m_trackedTimer;
    QTimer m_more; ///< rows are still to come
    QTimer m_sortAgain; ///< after rows came, or what they are sorted by is known better
    mutable QCache<qsizetype, ListedPacket> m_cache;
};

} // namespace tcpw
