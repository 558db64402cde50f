// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/worker.h"
#include "ui/packetlist/answeractions.h"
#include "ui/packetlist/cellactions.h"
#include "ui/packetlist/columnmenu.h"
#include "ui/packetlist/emptystate.h"
#include "ui/packetlist/findbar.h"
#include "ui/packetlist/noticeline.h"
#include "ui/packetlist/packetlistmodel.h"
#include "ui/packetlist/packetlistview.h"
#include "ui/packetlist/packetmarks.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLineEdit;
class QToolButton;

namespace tcpw {

/// The list of packets with its display filter, the Answer button and the line for notices.
class PacketListPane : public QWidget
{
    Q_OBJECT
public:
    explicit PacketListPane(QWidget* parent = nullptr);

    /// Shows another store, or none.
    void setStore(const PacketStore* store);
    /// The store has so many packets now.
    void extendTo(qsizetype count);
    /// The store has dropped its packets before this one.
    void dropBefore(qsizetype packet);

    PacketListModel* model() const { return m_model; }
    PacketListView* view() const { return m_view; }
    NoticeLine* notices() const { return m_notices; }
    EmptyState* emptyState() const { return m_empty; }
    QLineEdit* filterEdit() const { return m_filterEdit; }
    FindBar* findBar() const { return m_findBar; }
    ColumnMenu& columnMenu() { return *m_columnMenu; }
    PacketMarks& marks() { return *m_marks; }
    CellActions& cellActions() { return *m_cells; }
    /// Uses this display filter at once, as if it had been typed.
    void setFilter(const QString& filter);

    /// The current packet's number in the store; -1 when there is none.
    qsizetype currentPacket() const;
    /// Makes a packet the current one and shows it; does nothing when the filter hides it.
    void setCurrentPacket(qsizetype packet);

    /// The selected packets, in their order.
    std::vector<std::size_t> selectedPackets() const;

    /// "Answer", Ctrl+R: with what most people want next.
    QAction* answerAction() const { return m_answers->answerAction(); }
    /// Answer with each of the kinds, in the order of allAnswerKinds.
    const QList<QAction*>& answerWithActions() const { return m_answers->withActions(); }
    /// See AnswerActions.
    qsizetype packetToAnswer() const { return m_answers->packetToAnswer(); }
    void setSuggestions(qsizetype packet, std::vector<AnswerSuggestion> suggestions)
    {
        m_answers->setSuggestions(packet, std::move(suggestions));
    }
    QAction* onlyConversationAction() const { return m_onlyConversation; }

signals:
    void currentPacketChanged(qsizetype packet);
    void answerRequested(qsizetype packet, tcpw::AnswerKind kind);
    void suggestionsWanted(qsizetype packet); ///< see AnswerActions
    void choiceChanged(); ///< other rows are shown: by the filter or the conversation

private:
    void makeActions();
    void makeLayout();
    QWidget* makeFilterRow();
    void connectRows();
    void readFilter();
    void filterRead(const QString& text, const Result<DisplayFilter>& filter);
    void applyChoice(const RowChoice& choice);
    void takeCurrent(const QModelIndex& current);
    void updateActions();
    void updateCellActions();
    void updateEmptyState();
    void restoreCurrent();

    PacketListModel* m_model;
    PacketListView* m_view;
    NoticeLine* m_notices;
    EmptyState* m_empty;
    QLineEdit* m_filterEdit;
    FindBar* m_findBar;
    AnswerActions* m_answers;
    CellActions* m_cells;
    ColumnMenu* m_columnMenu;
    PacketMarks* m_marks;
    QAction* m_onlyConversation = nullptr;
    QTimer m_filterDelay;
    QString m_filterText; ///< what is being read or in use
    const PacketStore* m_store = nullptr;
    qsizetype m_wanted = -1; ///< the current packet, also while its row is not there yet
    int m_column = 0; ///< of the current cell
    Worker m_filterWorker; ///< compiling a filter may take a while
};

} // namespace tcpw
