// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/answeractions.h"

#include "ui/fields/plaintext.h"
#include "ui/packetlist/packetlistmodel.h"

#include <QAction>

#include <algorithm>

namespace tcpw {

namespace {

/// How far back Answer looks for a packet when none is selected.
constexpr qsizetype answerSearch = 200;

QString answerHelp(AnswerKind kind)
{
    switch (kind) {
    case AnswerKind::ack:
        return AnswerActions::tr("Acknowledges what came (RFC 9293, section 3.10.7.4).");
    case AnswerKind::data:
        return AnswerActions::tr("Acknowledges what came and carries data.");
    case AnswerKind::finAck:
        return AnswerActions::tr("Ends our direction of the connection (RFC 9293, section 3.6).");
    case AnswerKind::rst:
        return AnswerActions::tr("Resets the connection (RFC 9293, section 3.10.7.1).");
    case AnswerKind::synAck:
        return AnswerActions::tr("Accepts a SYN (RFC 9293, section 3.5).");
    case AnswerKind::sack:
        return AnswerActions::tr("Tells that this segment came and something before it did not: a "
                                 "duplicate ACK with a SACK block (RFC 2018).");
    case AnswerKind::windowUpdate:
        return AnswerActions::tr(
            "Offers a larger window: a bare ACK (RFC 9293, section 3.8.6.2.2).");
    case AnswerKind::keepAlive:
        return AnswerActions::tr("Asks whether the peer is still there: a bare ACK with one "
                                 "sequence number less (RFC 9293, section 3.8.4).");
    }
    return {};
}

} // namespace

AnswerActions::AnswerActions(const PacketListModel& model, QObject* parent)
    : QObject(parent)
    , m_model(model)
    , m_answer(new QAction(tr("&Answer"), this))
{
    m_answer->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    connect(m_answer, &QAction::triggered, this, [this] { answerWith({}); });
    for (const AnswerKind kind : allAnswerKinds) {
        auto* action = new QAction(tr("Answer with %1").arg(fromUtf8(answerKindName(kind))), this);
        action->setToolTip(plainToolTip(answerHelp(kind)));
        connect(action, &QAction::triggered, this, [this, kind] { answerWith(kind); });
        m_answerWith << action;
    }
    m_menu.setToolTipsVisible(true);
    connect(&m_menu, &QMenu::aboutToShow, this, [this] {
        wantSuggestions();
        fillMenu();
    });
    fillMenu();
}

void AnswerActions::setCurrent(qsizetype packet)
{
    m_current = packet;
    update();
}

std::optional<AnswerKind> AnswerActions::usualAnswerOf(qsizetype packet) const
{
    const ListedPacket* listed = m_model.listed(packet);
    if (!listed || !listed->summary.isTcp || listed->record.origin == Origin::me
        || listed->record.origin == Origin::kernel)
        return {};
    const auto bytes = m_model.source().store->bytes(listed->number);
    return bytes ? usualAnswer(decode(*bytes, listed->record.linkType)) : std::nullopt;
}

qsizetype AnswerActions::packetToAnswer() const
{
    if (m_current >= 0)
        return usualAnswerOf(m_current) ? m_current : -1;
    const qsizetype last = m_model.packetEnd() - 1;
    for (qsizetype packet = last; packet >= 0 && packet > last - answerSearch; --packet)
        if (usualAnswerOf(packet))
            return packet;
    return -1;
}

void AnswerActions::setSuggestions(qsizetype packet, std::vector<AnswerSuggestion> suggestions)
{
    m_suggestedPacket = packet;
    suggest(std::move(suggestions));
    update();
}

void AnswerActions::wantSuggestions()
{
    const qsizetype packet = packetToAnswer();
    if (packet != m_suggestedPacket)
        suggest({});
    if (packet >= 0)
        emit suggestionsWanted(packet);
}

const AnswerSuggestion* AnswerActions::suggestionFor(AnswerKind kind) const
{
    const auto found = std::ranges::find(m_suggestions, kind, &AnswerSuggestion::kind);
    return found == m_suggestions.end() ? nullptr : &*found;
}

std::optional<AnswerKind> AnswerActions::bestAnswerOf(qsizetype packet) const
{
    const auto usual = usualAnswerOf(packet);
    const bool suggested = usual && packet == m_suggestedPacket && !m_suggestions.empty();
    return suggested ? m_suggestions.front().kind : usual;
}

QString AnswerActions::answerHelpNow(AnswerKind kind) const
{
    const AnswerSuggestion* suggestion = suggestionFor(kind);
    return suggestion
        ? fromUtf8(suggestion->why) % QLatin1Char('\n') % fromUtf8(suggestion->numbers)
        : answerHelp(kind);
}

/// What makes sense now comes first, in words and not by place alone; the rest stays to be tried.
void AnswerActions::fillMenu()
{
    m_isStale = false;
    m_menu.clear();
    const auto action = [this](AnswerKind kind) {
        return m_answerWith[std::ranges::find(allAnswerKinds, kind) - allAnswerKinds.begin()];
    };
    if (!m_suggestions.empty())
        m_menu.addSection(tr("Makes sense now"));
    for (const AnswerSuggestion& suggestion : m_suggestions)
        m_menu.addAction(action(suggestion.kind));
    if (!m_suggestions.empty() && m_suggestions.size() < allAnswerKinds.size())
        m_menu.addSection(tr("To try out"));
    for (const AnswerKind kind : allAnswerKinds) {
        if (!suggestionFor(kind))
            m_menu.addAction(action(kind));
        action(kind)->setToolTip(plainToolTip(answerHelpNow(kind)));
    }
}

void AnswerActions::answerWith(std::optional<AnswerKind> kind)
{
    wantSuggestions();
    const qsizetype packet = packetToAnswer();
    if (packet >= 0)
        emit requested(packet, kind ? *kind : *bestAnswerOf(packet));
}

void AnswerActions::update()
{
    const qsizetype packet = packetToAnswer();
    const auto best = bestAnswerOf(packet);
    const QString help = best
        ? tr("Fills in the segment that answers No. %1 with %2, with the right numbers. Nothing is "
             "sent before you press Send.")
              .arg(packet + 1)
              .arg(fromUtf8(answerKindName(*best)))
        : tr("Select a TCP segment that came in: this fills in the segment that answers it. A RST "
             "is never answered.");
    m_answer->setToolTip(plainToolTip(help));
    m_answer->setEnabled(packet >= 0);
    for (QAction* action : std::as_const(m_answerWith))
        action->setEnabled(packet >= 0);
    if (packet != m_suggestedPacket && !m_suggestions.empty())
        suggest({});
    if (m_isStale && !m_menu.isVisible())
        fillMenu();
}

void AnswerActions::suggest(std::vector<AnswerSuggestion> suggestions)
{
    m_suggestions = std::move(suggestions);
    m_isStale = true;
}

} // namespace tcpw
