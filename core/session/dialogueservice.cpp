// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/dialogueservice.h"

namespace tcpw {

namespace {

constexpr int firstPatience = 1000; // ms, doubled each time (RFC 6298, section 5)

Draft draftOf(const Packet& packet)
{
    Draft draft;
    draft.packet = packet;
    return draft;
}

} // namespace

DialogueService::DialogueService(LiveSession& session, SendService& sender, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_sender(sender)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &DialogueService::repeat);
    connect(&sender, &SendService::sent, this, &DialogueService::take);
    connect(&sender, &SendService::failed, this, &DialogueService::stop);
    connect(&session, &LiveSession::failed, this, &DialogueService::stop);
    connect(&session, &LiveSession::storeReplaced, this, &DialogueService::stop);
    connect(&session, &LiveSession::packetsAppended, this, &DialogueService::read);
}

void DialogueService::begin()
{
    m_dialogue.reset();
    m_pending.clear();
    m_repeats = 0;
    m_read = m_session.store().size();
    m_sender.setKernelSilent(true);
    m_playing = true;
    emit playingChanged();
}

void DialogueService::open(const Draft& syn, const Dialogue::Plan& plan)
{
    if (m_playing || m_sender.sending())
        return;
    begin();
    m_plan = plan;
    m_sending = true;
    m_sender.send(syn);
}

void DialogueService::goOn(const Dialogue::Standing& standing, const Dialogue::Plan& plan)
{
    if (m_playing || m_sender.sending())
        return;
    begin();
    m_dialogue.emplace(standing, plan);
    sendNext();
}

void DialogueService::stop()
{
    if (!m_playing)
        return;
    m_playing = m_sending = false;
    m_patience.stop();
    emit playingChanged();
}

/// One of ours is out. The first is the SYN, of which it is only now known what it says; what
/// answers it may have come already.
void DialogueService::take(const Packet& sent)
{
    if (!m_playing || !m_sending)
        return;
    m_sending = false;
    if (!m_dialogue) {
        m_dialogue.emplace(sent, m_plan);
        m_dialogue->next();
    }
    m_patience.start(firstPatience << m_repeats);
    read();
}

void DialogueService::read()
{
    if (!m_playing || !m_dialogue)
        return;
    const PacketStore& store = m_session.store();
    for (; m_read < store.size(); ++m_read) {
        const PacketRecord record = store.record(m_read);
        if (record.origin != Origin::peer)
            continue;
        if (const auto bytes = store.bytes(m_read)) {
            m_dialogue->received(decode(*bytes, record.linkType));
            m_repeats = 0;
        }
    }
    sendNext();
}

void DialogueService::sendNext()
{
    for (Packet& packet : m_dialogue->next())
        m_pending.push_back(std::move(packet));
    if (m_sending || m_sender.sending())
        return;
    if (!m_pending.empty()) {
        const Packet packet = std::move(m_pending.front());
        m_pending.pop_front();
        m_sending = true;
        m_sender.send(draftOf(packet));
    } else if (m_dialogue->over()) {
        const auto phase = m_dialogue->phase();
        end(phase == Dialogue::Phase::established || phase == Dialogue::Phase::closed);
    }
}

/// Nothing came in time: the last segment again, or the end.
void DialogueService::repeat()
{
    if (!m_playing || !m_dialogue || m_sending)
        return;
    if (m_repeats == mostRepeats)
        return end(false);
    ++m_repeats;
    const auto again = m_dialogue->again();
    if (!again)
        return m_patience.start(firstPatience << m_repeats);
    m_sending = true;
    m_sender.send(draftOf(*again));
}

void DialogueService::end(bool good)
{
    const QString outcome = QString::fromStdString(m_dialogue->outcome());
    stop();
    emit finished(outcome, good);
}

} // namespace tcpw
