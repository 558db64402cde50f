// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/longtable.h"
#include "ui/packetlist/packetlistcolumns.h"

#include <QTimer>

#include <array>

namespace tcpw {

/// The table of packets: columns as wide as what they show, Info with all that is
/// left. Where the window is too narrow for that, columns that the details repeat are left out.
class PacketListView : public LongTable
{
    Q_OBJECT
public:
    explicit PacketListView(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    /// Puts the selected rows on the clipboard, one a line, cells joined by tabs.
    void copy() const;

    /// Whether the user wants this column; it is shown where there is room.
    bool isColumnWanted(PacketListColumn column) const { return m_wanted[std::size_t(column)]; }
    void setColumnWanted(PacketListColumn column, bool wanted);
    /// The wanted columns from left to right, by their keys.
    QStringList columns() const;
    /// The same again; keys that are none are passed over, and an empty list changes nothing.
    void setColumns(const QStringList& keys);
    /// As they were before anybody chose, with the widths that fit.
    void resetColumns();

    /// Shows the first rows when there were none: what is in a file is read from its beginning.
    void setStartsAtTop(bool top) { m_startsAtTop = top; }

signals:
    void columnsChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void updateGeometries() override;
    void rowsInserted(const QModelIndex& parent, int first, int last) override;
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight,
        const QList<int>& roles) override;

private:
    void setUpRows();
    void measure(); ///< what is in view
    void growSoon(int first, int last); ///< rows
    void growFor(int first, int last); ///< likewise
    void measureAnew(); ///< what was measured or dragged before counts no more
    void growForHeadings();
    void growTo(int column, int width);
    void shareWidth();
    bool atEnd() const;
    void setUpHeader();
    void keepInfoLast();

    std::array<int, packetListColumnCount> m_widths{}; ///< preferred, in pixels
    std::array<bool, packetListColumnCount> m_chosen{}; ///< the user dragged it
    std::array<bool, packetListColumnCount> m_wanted{};
    bool m_startsAtTop = false;
    bool m_sharing = false; ///< this class sets widths now, not the user
    QTimer m_measure; ///< after rows came or were scrolled to
};

} // namespace tcpw
