// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/longtable.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QTest>

#include <algorithm>

namespace tcpw::test {

/// Four columns of numbers, as many rows as are asked for.
class Numbers : public QAbstractTableModel
{
public:
    explicit Numbers(int rows)
        : m_rows(rows)
    {
    }

    void append(int count)
    {
        beginInsertRows({}, m_rows, m_rows + count - 1);
        m_rows += count;
        endInsertRows();
    }
    void removeFirst(int count)
    {
        beginRemoveRows({}, 0, count - 1);
        m_first += count;
        m_rows -= count;
        endRemoveRows();
    }
    void replace(int rows)
    {
        beginResetModel();
        m_first = 0;
        m_rows = rows;
        endResetModel();
    }
    void change(int first, int last) { emit dataChanged(index(first, 0), index(last, 3)); }

    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : m_rows;
    }
    int columnCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() ? 0 : 4;
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        if (role == Qt::DisplayRole)
            return QStringLiteral("%1/%2").arg(m_first + index.row()).arg(index.column());
        if (role == Qt::BackgroundRole && index.row() % 3 == 0)
            return QColor(Qt::yellow);
        return {};
    }

private:
    int m_first = 0;
    int m_rows;
};

constexpr int height = 20; ///< of a row

inline void setUp(QTableView& table, QAbstractItemModel& model)
{
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setFrameShape(QFrame::NoFrame);
    table.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table.verticalHeader()->hide();
    table.setModel(&model);
    table.show();
}

/// Ten rows that can be seen whole.
struct Shown
{
    explicit Shown(int rows)
        : model(rows)
    {
        table.setRowHeight(height);
        setUp(table, model);
        table.resize(300, 215 + table.horizontalHeader()->height());
        QTest::qWait(1);
    }
    int top() const { return table.verticalScrollBar()->value(); }
    QList<int> selected() const
    {
        QList<int> rows;
        for (const QModelIndex& index : table.selectionModel()->selectedRows())
            rows << index.row();
        std::ranges::sort(rows);
        return rows;
    }
    void click(int y, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::mouseClick(table.viewport(), Qt::LeftButton, modifiers, QPoint(30, y));
    }

    Numbers model;
    LongTable table;
};

} // namespace tcpw::test
