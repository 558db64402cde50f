// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QList>
#include <QObject>

class QAction;

namespace tcpw {

class PacketListPane;

/// Marks on packets, to come back to, and comments on them, which are saved with the capture.
class PacketMarks : public QObject
{
    Q_OBJECT
public:
    explicit PacketMarks(PacketListPane& pane);

    /// Mark, next, previous, remove all; nullptr for a line between; comment.
    QList<QAction*> actions() const;
    QAction* markAction() const { return m_mark; }
    QAction* commentAction() const { return m_comment; }

    /// There may be other packets, or another one is selected.
    void update();

signals:
    void commentEdited(qsizetype packet, const QString& text); ///< "" removes it

private:
    void toggle();
    void goTo(bool forward);
    void removeAll();
    void editComment();

    PacketListPane& m_pane;
    QAction* m_mark;
    QAction* m_next;
    QAction* m_previous;
    QAction* m_removeAll;
    QAction* m_comment;
};

} // namespace tcpw
