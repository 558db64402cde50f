// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/answer.h"
#include "connection/answersuggestions.h"

#include <QList>
#include <QMenu>
#include <QObject>

#include <optional>
#include <vector>

namespace tcpw {

class PacketListModel;

/// "Answer": which packet of the list is answered, with what, and the menu of all kinds.
class AnswerActions : public QObject
{
    Q_OBJECT
public:
    AnswerActions(const PacketListModel& model, QObject* parent);

    /// With what most people want next.
    QAction* answerAction() const { return m_answer; }
    /// With each of the kinds, in the order of allAnswerKinds.
    const QList<QAction*>& withActions() const { return m_answerWith; }
    QMenu* menu() { return &m_menu; }

    /// Which packet is selected; -1 for none.
    void setCurrent(qsizetype packet);
    /// There may be other packets to answer.
    void update();
    /// The packet that Answer answers: the selected one; where none is, the newest that can be
    /// answered; -1 when there is none.
    qsizetype packetToAnswer() const;
    /// Takes the answers to `packet` that make sense now, the best first: the menu shows them
    /// first, and Answer takes the best. They count until another packet is to be answered.
    void setSuggestions(qsizetype packet, std::vector<AnswerSuggestion> suggestions);
    void wantSuggestions();

signals:
    void requested(qsizetype packet, tcpw::AnswerKind kind);
    /// The suggestions are about to be shown or used: whoever knows the connection sets them now.
    void suggestionsWanted(qsizetype packet);

private:
    void answerWith(std::optional<AnswerKind> kind);
    void suggest(std::vector<AnswerSuggestion> suggestions);
    void fillMenu();
    QString answerHelpNow(AnswerKind kind) const;
    const AnswerSuggestion* suggestionFor(AnswerKind kind) const;
    std::optional<AnswerKind> bestAnswerOf(qsizetype packet) const;
    std::optional<AnswerKind> usualAnswerOf(qsizetype packet) const;

    const PacketListModel& m_model;
    QAction* m_answer;
    QList<QAction*> m_answerWith;
    QMenu m_menu;
    qsizetype m_current = -1;
    std::vector<AnswerSuggestion> m_suggestions;
    qsizetype m_suggestedPacket = -1; ///< whose they are
    bool m_isStale = false; ///< the menu and the tool tips show other suggestions
};

} // namespace tcpw
