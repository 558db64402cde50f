// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QList>
#include <QObject>

class QAction;

namespace tcpw {

/// "Show only", "Hide" and "Filter for this": what the current cell says, as a display filter.
class CellActions : public QObject
{
    Q_OBJECT
public:
    explicit CellActions(QObject* parent);

    QList<QAction*> actions() const { return {m_showOnly, m_hide, m_filterFor}; }
    QAction* showOnlyAction() const { return m_showOnly; }
    QAction* hideAction() const { return m_hide; }
    QAction* filterForAction() const { return m_filterFor; }

    /// The filter that the current cell stands for, "" for none, and the one in use.
    void setFilters(const QString& cell, const QString& inUse);

signals:
    void filterWanted(const QString& filter);

private:
    QAction* make(const QString& help);

    QAction* m_showOnly;
    QAction* m_hide;
    QAction* m_filterFor;
    QString m_cell;
    QString m_inUse;
};

} // namespace tcpw
