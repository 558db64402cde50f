// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/states/statestext.h"

#include "ui/fields/plaintext.h"

#include <QStringList>

#include <algorithm>

namespace tcpw {

namespace {

/// Who sends a SYN was closed before, seen or not.
QString fromText(const StateTransition& transition)
{
    const bool opens = transition.from == TcpState::unknown && transition.to == TcpState::synSent;
    return QLatin1String(tcpStateName(opens ? TcpState::closed : transition.from));
}

QString changeText(const StateTransition& transition, const StoryEnds& names)
{
    return StatesText::tr("No. %1  %2  %3 → %4")
        .arg(transition.number)
        .arg(names.of(transition.ofInitiator), fromText(transition),
            QLatin1String(tcpStateName(transition.to)));
}

} // namespace

QString StatesText::current(
    const FollowedConnection& story, const StoryEnds& names, bool isInitiator)
{
    const TcpState state = isInitiator ? story.initiatorState : story.responderState;
    const auto last = std::find_if(story.transitions.rbegin(), story.transitions.rend(),
        [&](const StateTransition& each) { return each.ofInitiator == isInitiator; });
    const QString name = QLatin1String(tcpStateName(state));
    if (last == story.transitions.rend())
        return tr("%1: %2").arg(names.of(isInitiator), name);
    return tr("%1: %2 since No. %3").arg(names.of(isInitiator), name).arg(last->number);
}

QString StatesText::transition(const StateTransition& transition, const StoryEnds& names)
{
    return tr("%1  %2").arg(changeText(transition, names), tr(transition.why));
}

QString StatesText::narrowTransition(const StateTransition& transition, const StoryEnds& names)
{
    return changeText(transition, names) + QStringLiteral("\n    ") + tr(transition.why);
}

QString StatesText::summary(const FollowedConnection& story)
{
    QStringList sentences;
    for (const std::string& text : {story.handshakeText, story.closeText})
        if (!text.empty())
            sentences << harmless(fromUtf8(text));
    return sentences.join(QLatin1Char('\n'));
}

QString StatesText::letter(const StoryEnds& names, bool isInitiator)
{
    if (!names.areKnown)
        return isInitiator ? tr("I", "initiator") : tr("R", "responder");
    return isInitiator == names.initiatorIsLeft ? tr("M", "me") : tr("P", "peer");
}

} // namespace tcpw
