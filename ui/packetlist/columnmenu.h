// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/packetlistcolumns.h"

#include <QList>
#include <QMenu>
#include <QObject>

namespace tcpw {

class PacketListModel;
class PacketListView;

/// What the user chooses of the list's columns: which ones, how time is told, how sequence numbers
/// are counted. Its menus open on the headings, too.
class ColumnMenu : public QObject
{
    Q_OBJECT
public:
    ColumnMenu(PacketListView& view, PacketListModel& model);

    QMenu& columns() { return m_columns; }
    QMenu& time() { return m_time; }
    QAction* absoluteNumbersAction() const { return m_absolute; }
    QAction* columnAction(PacketListColumn column) const { return m_columnActions[int(column)]; }
    QAction* timeAction(TimeForm form) const { return m_timeActions[int(form)]; }

    /// All of it as words, and from words; what makes no sense is passed over.
    QStringList state() const;
    void restore(const QStringList& state);

private:
    void makeColumns();
    void makeTime();
    void showChosen();
    void setStyle();

    PacketListView& m_view;
    PacketListModel& m_model;
    QMenu m_columns;
    QMenu m_time;
    QAction* m_absolute;
    QList<QAction*> m_columnActions;
    QList<QAction*> m_timeActions;
};

} // namespace tcpw
