// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/far.h"

#include <QAbstractTableModel>

#include <vector>

namespace tcpw {

enum class FarSocketColumn
{
    State,
    OtherEnd,
    Timer,
    Retransmits,
    FarPort,
    Socket,
    Unread,
    Unacknowledged,
    Count
};

/// The far kernel's TCP sockets. Rows stay where they are while their sockets live.
class FarSocketModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setSockets(const std::vector<FarSocket>& sockets);
    /// Whether sockets in LISTEN are shown too; they are kept either way.
    void setShowsListening(bool shown);
    /// Null when there is no such row.
    const FarSocket* socket(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void arrange();

    std::vector<FarSocket> m_all;
    std::vector<FarSocket> m_rows;
    bool m_showsListening = false;
};

/// All that the kernel says of a socket, in sentences.
QString describeSocket(const FarSocket& socket);

} // namespace tcpw
