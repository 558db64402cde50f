// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/connectionservice.h"
#include "store/packetstore.h"
#include "ui/packetlist/packetlisttext.h"
#include "ui/packetlist/rowscanner.h"

#include <QAbstractTableModel>
#include <QCache>

namespace tcpw {

/// The packets of a store, all or those that a choice picks, one a row. Decodes a packet when its
/// row is first asked for, and keeps the most recent ones.
class PacketListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit PacketListModel(QObject* parent = nullptr);

    /// Shows another store from its first packet, or none. The former is not read any more.
    void setStore(const PacketStore* store);
    /// The store has so many packets now.
    void extendTo(qsizetype count);
    /// Packets in the store, shown or not.
    qsizetype packetCount() const { return m_count; }

    /// Shows the packets of this choice; others come back when it is all() again.
    void setChoice(const RowChoice& choice);
    const RowChoice& choice() const { return m_choice; }
    /// True while packets are still being looked at for the choice.
    bool choosing() const { return !m_choice.all() && m_scanned < m_count; }

    /// Where the model learns what tracking says of a packet, or null. It must outlive the model or
    /// be replaced before.
    void setConnections(const ConnectionService* connections);
    /// So many packets are tracked now: what their rows say may be more.
    void updateTracked(qsizetype count);

    /// Only the rows of this connection stand out by whose packets they are, and those of the own
    /// kernel; without one, all do.
    void setChosenConnection(std::optional<quint32> number);

    void setEndNames(const EndNames& names);
    const EndNames& endNames() const { return m_names; }

    /// The packet's number in the store, from 0.
    qsizetype packetOf(int row) const;
    /// The row of a packet; -1 when it has none.
    int rowOf(qsizetype packet) const;
    /// Null when the store has no such packet.
    const ListedPacket* listed(qsizetype packet) const;
    /// How many packets are decoded now.
    qsizetype decodedCount() const { return m_cache.size(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static constexpr int cachedPackets = 2000;

private:
    bool isOfChosenConnection(const ListedPacket& packet) const;
    QVariant background(const ListedPacket& packet) const;
    QVariant foreground(const ListedPacket& packet, PacketListColumn column) const;
    void insertPicked(const std::vector<quint32>& packets, qsizetype scanned);
    void updateSequences(qsizetype count);
    std::int64_t firstTime() const;
    QString reason(std::size_t packet, const PacketRecord& record, ByteView bytes) const;

    const PacketStore* m_store = nullptr;
    const ConnectionService* m_connections = nullptr;
    RowScanner m_scanner;
    EndNames m_names;
    PacketListText m_text;
    RowChoice m_choice;
    std::vector<quint32> m_picked; ///< the packets that have a row while there is a choice
    qsizetype m_count = 0; ///< packets in the store that rows may show
    qsizetype m_scanned = 0; ///< packets that the choice was asked about
    qsizetype m_tracked = 0; ///< packets that updateTracked() told of
    std::optional<quint32> m_chosenConnection;
    qsizetype m_noted = 0; ///< packets whose relative numbers are known
    mutable QCache<qsizetype, ListedPacket> m_cache;
};

} // namespace tcpw
