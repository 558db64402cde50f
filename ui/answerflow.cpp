// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/answerflow.h"

#include "connection/answersuggestions.h"
#include "connection/expectationoutcome.h"
#include "ui/draftflow.h"
#include "ui/fields/plaintext.h"
#include "ui/packetlist/packetlistpane.h"

namespace tcpw {

namespace {

constexpr int patience = 500; // ms, within which a peer that answers at all has answered

} // namespace

AnswerFlow::AnswerFlow(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] { tellOutcome({}); });
    connect(&parts.packets, &PacketListPane::suggestionsWanted, this, &AnswerFlow::suggest);
    connect(&parts.packets, &PacketListPane::answerRequested, this,
        [this](qsizetype number, AnswerKind kind) { answer(number, kind); });
    connect(&parts.drafts, &DraftFlow::sendStarted, this, &AnswerFlow::beginToExpect);
    connect(&parts.sender, &SendService::sent, this, &AnswerFlow::noteSent);
    connect(&parts.session, &LiveSession::packetsAppended, this, &AnswerFlow::lookForReply);
    for (const auto signal : {&ConnectionService::storyReset, &ConnectionService::storyExtended})
        connect(&parts.connections, signal, &parts.builder, &BuilderPane::updateExpectation);
    parts.builder.setPeerSource([this](const Packet& sent) -> std::optional<PeerView> {
        const auto number = m_parts.connections.story().number;
        const auto info = number ? m_parts.connections.connection(*number) : std::nullopt;
        return info ? peerOf(sent, *info) : std::nullopt;
    });
}

/// The builder may outlive this.
AnswerFlow::~AnswerFlow()
{
    m_parts.builder.setPeerSource({});
}

std::optional<Packet> AnswerFlow::packet(qsizetype number) const
{
    const PacketStore& store = m_parts.session.store();
    if (number < 0 || std::size_t(number) >= store.size())
        return {};
    const auto bytes = store.bytes(std::size_t(number));
    if (!bytes)
        return {};
    return decode(*bytes, store.record(std::size_t(number)).linkType);
}

std::optional<ConnectionInfo> AnswerFlow::connectionOf(qsizetype number) const
{
    const auto tracked = m_parts.connections.tracked(number);
    if (!tracked || !tracked->isTcp())
        return {};
    return m_parts.connections.connection(tracked->connection);
}

void AnswerFlow::suggest(qsizetype number)
{
    if (const auto received = packet(number))
        m_parts.packets.setSuggestions(number, suggestAnswers(*received, connectionOf(number)));
}

void AnswerFlow::answer(qsizetype number, std::optional<AnswerKind> kind)
{
    const auto received = packet(number);
    if (!kind && received)
        kind = usualAnswer(*received);
    if (kind)
        m_parts.drafts.answer(number, *received, *kind, connectionOf(number));
}

/// Before it is sent: what comes of it changes what is expected.
void AnswerFlow::beginToExpect()
{
    m_patience.stop();
    m_conversation.reset();
    m_expected = m_parts.builder.expectation();
    m_read = m_parts.session.store().size();
}

void AnswerFlow::noteSent(const Packet& packet)
{
    if (!m_expected || m_expected->replies == 0)
        return m_parts.builder.setOutcome({});
    m_conversation = conversationOf(packet);
    m_patience.start();
    lookForReply();
    if (m_conversation)
        m_parts.builder.setOutcome(m_expected->replies == PeerReply::none
                ? tr("No answer so far, as expected.")
                : tr("No answer yet."));
}

void AnswerFlow::lookForReply()
{
    if (!m_conversation)
        return;
    const PacketStore& store = m_parts.session.store();
    for (; m_read < store.size(); ++m_read) {
        if (store.record(m_read).origin != Origin::peer)
            continue;
        const auto reply = packet(qsizetype(m_read));
        if (reply && conversationOf(*reply) == m_conversation)
            return tellOutcome(reply);
    }
}

void AnswerFlow::tellOutcome(const std::optional<Packet>& reply)
{
    m_patience.stop();
    m_conversation.reset();
    if (m_expected)
        m_parts.builder.setOutcome(harmless(fromUtf8(expectationMet(*m_expected, reply))));
    m_expected.reset();
}

} // namespace tcpw
