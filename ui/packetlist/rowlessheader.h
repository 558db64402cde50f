// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QHeaderView>
#include <QStringListModel>

namespace tcpw {

/// Has no rows, whatever the table has.
class RowlessHeader : public QHeaderView
{
public:
    explicit RowlessHeader(QWidget* parent)
        : QHeaderView(Qt::Vertical, parent)
    {
        auto* none = new QStringListModel(this);
        QHeaderView::setModel(none);
        QHeaderView::setSelectionModel(new QItemSelectionModel(none, this)); // selectRow() asks it
    }
    void setModel(QAbstractItemModel*) override { }
    void setSelectionModel(QItemSelectionModel*) override { }
};

} // namespace tcpw
