// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/inspector/packetdetails.h"

#include <QAbstractItemModel>

namespace tcpw {

enum class DetailsColumn
{
    field,
    value,
    meaning,
};
inline constexpr int detailsColumnCount = 3;

/// A packet's details as a tree: layers, their fields, the options of a field.
class DetailsModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    explicit DetailsModel(QObject* parent = nullptr);

    /// Shows another packet. Where it has the same rows, only what they say changes, so that what
    /// is open and selected stays.
    void setDetails(PacketDetails details);
    const PacketDetails& details() const { return m_details; }

    /// The index of a row of the details; invalid for -1.
    QModelIndex indexOf(int detailsRow, DetailsColumn column = DetailsColumn::field) const;
    /// The row of the details; -1 for an invalid index.
    static int detailsRow(const QModelIndex& index);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const DetailsRow& row, DetailsColumn column) const;
    QString toolTip(const DetailsRow& row) const;
    bool sameRows(const PacketDetails& other) const;
    void indexRows();

    PacketDetails m_details;
    std::vector<std::vector<int>> m_children; ///< of row - 1; the layers first
    std::vector<int> m_place; ///< of each row among its siblings
};

} // namespace tcpw
