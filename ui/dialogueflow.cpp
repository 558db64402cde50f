// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/dialogueflow.h"

#include "templates/template.h"
#include "ui/builder/builderpane.h"
#include "ui/fields/plaintext.h"

#include <QAction>

#include <algorithm>

namespace tcpw {

namespace {

bool isSyn(const Packet& packet)
{
    const auto* tcp = packet.find<TcpHeader>();
    return tcp && tcp->controlBits.value == ControlBits::syn;
}

bool mayClose(TcpState own)
{
    return own == TcpState::established || own == TcpState::closeWait;
}

} // namespace

DialogueFlow::DialogueFlow(LiveSession& session, SendService& sender,
    const ConnectionService& connections, const BuilderPane& builder, Actions actions,
    QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_connections(connections)
    , m_builder(builder)
    , m_actions(actions)
    , m_dialogue(session, sender)
{
    connect(actions.handshake, &QAction::triggered, this, &DialogueFlow::openConnection);
    connect(actions.close, &QAction::triggered, this, &DialogueFlow::closeConnection);
    connect(&m_dialogue, &DialogueService::playingChanged, this, &DialogueFlow::updateActions);
    connect(&m_dialogue, &DialogueService::finished, this, [this](const QString& text, bool good) {
        const auto kind = good ? Notice::Kind::hint : Notice::Kind::warning;
        emit noticed({kind, harmless(text), {}, {}, NoAction, -1});
    });
    connect(&session, &LiveSession::deviceChosen, this, &DialogueFlow::updateActions);
    connect(&connections, &ConnectionService::storyReset, this, &DialogueFlow::updateActions);
    connect(&connections, &ConnectionService::storyExtended, this, &DialogueFlow::updateActions);
    updateActions();
}

/// With the builder's SYN if it holds one, so that its options and target are tried.
void DialogueFlow::openConnection()
{
    const Draft& draft = m_builder.draft();
    if (isSyn(draft.packet))
        m_dialogue.open(draft, {});
    else if (const Template* syn = findBuiltin("syn"))
        m_dialogue.open(applyTemplate(*syn, draft), {});
}

void DialogueFlow::closeConnection()
{
    if (const auto from = standing())
        m_dialogue.goOn(*from, {{}, true});
}

/// Where the chosen connection stands, if it is ours and can be closed.
std::optional<Dialogue::Standing> DialogueFlow::standing() const
{
    const FollowedConnection& story = m_connections.story();
    const auto mine = story.initiatorIsMe();
    const TcpState state = mine && *mine ? story.initiatorState : story.responderState;
    if (!story.number || !mine || m_session.showsFile() || !mayClose(state))
        return {};
    const auto info = m_connections.connection(*story.number);
    const auto last = std::find_if(story.arrows.rbegin(), story.arrows.rend(),
        [&](const StoryArrow& arrow) { return arrow.fromInitiator != *mine; });
    if (!info || last == story.arrows.rend())
        return {};
    const EndInfo& own = *mine ? info->initiator : info->responder;
    const EndInfo& other = *mine ? info->responder : info->initiator;
    const std::size_t at = last->number - 1;
    const auto bytes = m_session.store().bytes(at);
    if (!bytes || !own.nextSequenceNumber || !other.nextSequenceNumber)
        return {};
    return Dialogue::Standing{decode(*bytes, m_session.store().record(at).linkType),
        *own.nextSequenceNumber, *other.nextSequenceNumber, state == TcpState::closeWait};
}

void DialogueFlow::updateActions()
{
    const bool idle = !m_dialogue.playing() && m_session.device();
    m_actions.handshake->setEnabled(idle);
    m_actions.close->setEnabled(idle && standing());
}

} // namespace tcpw
