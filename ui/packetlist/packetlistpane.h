// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/answer.h"
#include "connection/answersuggestions.h"
#include "session/worker.h"
#include "ui/packetlist/emptystate.h"
#include "ui/packetlist/noticeline.h"
#include "ui/packetlist/packetlistmodel.h"
#include "ui/packetlist/packetlistview.h"

#include <QMenu>
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

    PacketListModel* model() const { return m_model; }
    PacketListView* view() const { return m_view; }
    NoticeLine* notices() const { return m_notices; }
    EmptyState* emptyState() const { return m_empty; }
    QLineEdit* filterEdit() const { return m_filterEdit; }

    /// The current packet's number in the store; -1 when there is none.
    qsizetype currentPacket() const;
    /// Makes a packet the current one and shows it; does nothing when the filter hides it.
    void setCurrentPacket(qsizetype packet);

    /// "Answer", Ctrl+R: with what most people want next.
    QAction* answerAction() const { return m_answer; }
    /// Answer with each of the kinds, in the order of allAnswerKinds.
    const QList<QAction*>& answerWithActions() const { return m_answerWith; }
    /// The packet that Answer answers: the selected one; where none is, the newest that can be
    /// answered; -1 when there is none.
    qsizetype packetToAnswer() const;
    /// Takes the answers to `packet` that make sense now, the best first: the menu shows them
    /// first, and Answer takes the best. They count until another packet is to be answered.
    void setSuggestions(qsizetype packet, std::vector<AnswerSuggestion> suggestions);
    QAction* onlyConversationAction() const { return m_onlyConversation; }

signals:
    void currentPacketChanged(qsizetype packet);
    void answerRequested(qsizetype packet, tcpw::AnswerKind kind);
    /// The suggestions are about to be shown or used: whoever knows the connection sets them now.
    void suggestionsWanted(qsizetype packet);
    void choiceChanged(); ///< other rows are shown: by the filter or the conversation

private:
    void makeActions();
    void makeLayout();
    QWidget* makeFilterRow();
    void readFilter();
    void filterRead(const QString& text, const Result<DisplayFilter>& filter);
    void applyChoice(const RowChoice& choice);
    void updateActions();
    void updateEmptyState();
    void answerWith(std::optional<AnswerKind> kind);
    void wantSuggestions();
    void fillAnswerMenu();
    QString answerHelpNow(AnswerKind kind) const;
    const AnswerSuggestion* suggestionFor(AnswerKind kind) const;
    std::optional<AnswerKind> bestAnswerOf(qsizetype packet) const;
    std::optional<AnswerKind> usualAnswerOf(qsizetype packet) const;
    void restoreCurrent();

    PacketListModel* m_model;
    PacketListView* m_view;
    NoticeLine* m_notices;
    EmptyState* m_empty;
    QLineEdit* m_filterEdit;
    QAction* m_answer = nullptr;
    QList<QAction*> m_answerWith;
    QAction* m_onlyConversation = nullptr;
    QMenu m_answerMenu;
    std::vector<AnswerSuggestion> m_suggestions;
    qsizetype m_suggestedPacket = -1; ///< whose they are
    QTimer m_filterDelay;
    QString m_filterText; ///< what is being read or in use
    const PacketStore* m_store = nullptr;
    qsizetype m_wanted = -1; ///< the current packet, also while its row is not there yet
    Worker m_filterWorker; ///< compiling a filter may take a while
};

} // namespace tcpw
