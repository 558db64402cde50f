// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/packetfinder.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;

namespace tcpw {

class PacketListModel;

/// The line that looks for packets (Ctrl+F), hidden until it is wanted; it goes through the rows
/// from the current one on, and round the end.
class FindBar : public QWidget
{
    Q_OBJECT
public:
    FindBar(const PacketListModel& model, QWidget* parent);

    /// Shows it, ready for typing.
    QAction* findAction() const { return m_find; }
    QAction* nextAction() const { return m_next; } ///< F3
    QAction* previousAction() const { return m_previous; } ///< Shift+F3
    QLineEdit* edit() const { return m_edit; }
    QComboBox* where() const { return m_where; }
    QLabel* outcome() const { return m_outcome; }

    /// Where a search begins: behind this packet; -1: at the first row.
    void setCurrent(qsizetype packet) { m_current = packet; }
    /// Nothing is read any more on return.
    void cancel();

signals:
    void found(qsizetype packet);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeActions();
    void makeLayout();
    void open();
    void close();
    void search(bool forward);
    std::vector<quint32> rowsFromCurrent(bool forward) const;

    const PacketListModel& m_model;
    PacketFinder m_finder;
    QAction* m_find = nullptr;
    QAction* m_next = nullptr;
    QAction* m_previous = nullptr;
    QAction* m_close = nullptr;
    QComboBox* m_where;
    QLineEdit* m_edit;
    QLabel* m_outcome;
    qsizetype m_current = -1;
};

} // namespace tcpw
