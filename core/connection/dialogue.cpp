// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/dialogue.h"

#include "connection/answer.h"
#include "connection/conversation.h"
#include "connection/segment.h"
#include "connection/sequence.h"

#include <algorithm>

namespace tcpw {

namespace {

std::uint32_t afterSyn(const Packet& syn)
{
    const auto* tcp = syn.find<TcpHeader>();
    const auto* payload = syn.find<Payload>();
    if (!tcp)
        return 0;
    return tcp->sequenceNumber + 1
        + static_cast<std::uint32_t>(payload ? payload->bytes.size() : 0);
}

/// Whether `packet` goes to the port that `own` is sent from.
bool comesFromThePeer(const TcpHeader& tcp, const Packet& own)
{
    const auto* ours = own.find<TcpHeader>();
    return ours && tcp.destinationPort == ours->sourcePort
        && tcp.sourcePort == ours->destinationPort;
}

} // namespace

Dialogue::Dialogue(Packet syn, Plan plan)
    : m_plan(std::move(plan))
    , m_opening(std::move(syn))
    , m_next(afterSyn(m_opening))
{
    m_queue.push_back(m_opening);
    m_unacknowledged = m_opening;
}

Dialogue::Dialogue(Standing standing, Plan plan)
    : m_plan(std::move(plan))
    , m_last(std::move(standing.last))
    , m_next(standing.next)
    , m_expected(standing.expected)
    , m_peerEnded(standing.peerEnded)
    , m_phase(Phase::established)
{
    if (auto made = answer(*m_last, AnswerKind::ack, {}, {m_next}))
        m_opening = std::move(*made);
    goOn();
}

std::vector<Packet> Dialogue::next()
{
    std::vector<Packet> segments;
    while (auto segment = nextOne())
        segments.push_back(std::move(*segment));
    return segments;
}

std::optional<Packet> Dialogue::nextOne()
{
    if (m_queue.empty())
        return {};
    Packet segment = std::move(m_queue.front());
    m_queue.erase(m_queue.begin());
    const auto* tcp = segment.find<TcpHeader>();
    m_finGone = m_finGone || (tcp && tcp->controlBits.has(ControlBits::fin));
    return segment;
}

bool Dialogue::belongs(const Packet& packet) const
{
    const auto ours = conversationOf(m_opening);
    const auto theirs = conversationOf(packet);
    return ours && ours == theirs;
}

void Dialogue::received(const Packet& packet)
{
    const auto segment = findSegment(packet);
    if (!segment || !segment->headerWhole || !belongs(packet) || m_phase == Phase::refused
        || m_phase == Phase::reset)
        return;
    const auto& tcp = std::get<TcpHeader>(packet.layers[segment->tcp]);
    if (!comesFromThePeer(tcp, m_opening))
        return;
    if (m_phase == Phase::opening)
        answerOpening(packet, tcp);
    else
        take(packet, tcp, segment->dataLength);
}

/// The peer opens at the same time (RFC 9293, section 3.5, figure 7): our SYN again, with ACK.
void Dialogue::answerSyn(const Packet& packet, const TcpHeader& tcp)
{
    m_last = packet;
    m_expected = tcp.sequenceNumber + 1;
    Packet both = segment(ControlBits::syn | ControlBits::ack, {});
    if (auto* header = both.find<TcpHeader>())
        --header->sequenceNumber;
    m_queue.push_back(std::move(both));
}

/// RFC 9293, section 3.10.7.3: what counts in SYN-SENT is a SYN, or what acknowledges ours.
void Dialogue::answerOpening(const Packet& packet, const TcpHeader& tcp)
{
    if (tcp.controlBits.has(ControlBits::syn) && !tcp.controlBits.has(ControlBits::ack))
        return answerSyn(packet, tcp);
    if (!tcp.controlBits.has(ControlBits::ack) || tcp.acknowledgmentNumber != m_next)
        return;
    if (tcp.controlBits.has(ControlBits::rst)) {
        m_phase = Phase::refused;
        m_unacknowledged.reset();
        return;
    }
    const bool answered = m_last.has_value();
    if (!tcp.controlBits.has(ControlBits::syn) && !answered)
        return;
    m_phase = Phase::established;
    m_unacknowledged.reset();
    m_last = packet;
    if (tcp.controlBits.has(ControlBits::syn))
        m_expected = tcp.sequenceNumber + 1;
    if (!answered)
        send(ControlBits::ack, {});
    goOn();
}

void Dialogue::take(const Packet& packet, const TcpHeader& tcp, std::uint32_t dataLength)
{
    if (tcp.controlBits.has(ControlBits::rst)) {
        m_phase = Phase::reset;
        m_unacknowledged.reset();
        return;
    }
    const bool synchronizes = tcp.controlBits.has(ControlBits::syn);
    const bool fin = tcp.controlBits.has(ControlBits::fin);
    m_last = packet;
    if (tcp.controlBits.has(ControlBits::ack) && tcp.acknowledgmentNumber == m_next)
        m_unacknowledged.reset();
    const std::uint32_t length = dataLength + (fin ? 1u : 0u) + (synchronizes ? 1u : 0u);
    const std::uint32_t end = tcp.sequenceNumber + length;
    if (!comesBefore(m_expected, tcp.sequenceNumber) && comesBefore(m_expected, end)) {
        m_expected = end;
        m_peerEnded = m_peerEnded || fin;
        m_closedFirst = m_closedFirst || (fin && m_finGone);
        m_crossed = m_crossed || (fin && m_finGone && !allAcknowledged());
    }
    if (length > 0) // what came twice is acknowledged twice
        acknowledge();
    goOn();
}

/// What waits to be sent acknowledges as well; only where nothing does, an ACK of its own is due.
void Dialogue::acknowledge()
{
    if (m_queue.empty())
        send(ControlBits::ack, {});
    const auto bringUpToDate = [this](Packet& packet) {
        if (auto* tcp = packet.find<TcpHeader>(); tcp && tcp->controlBits.has(ControlBits::ack))
            tcp->acknowledgmentNumber = m_expected;
    };
    std::ranges::for_each(m_queue, bringUpToDate);
    if (m_unacknowledged)
        bringUpToDate(*m_unacknowledged);
}

/// What the plan has next, once the peer has everything so far.
void Dialogue::goOn()
{
    if (!allAcknowledged())
        return;
    if (m_finSent) {
        m_phase = m_peerEnded ? Phase::closed : Phase::closing;
        return;
    }
    if (m_sentData < m_plan.data.size()) {
        const std::size_t size = std::min(mostData, m_plan.data.size() - m_sentData);
        const auto from = m_plan.data.begin() + static_cast<std::ptrdiff_t>(m_sentData);
        m_sentData += size;
        send(ControlBits::psh | ControlBits::ack,
            Bytes(from, from + static_cast<std::ptrdiff_t>(size)));
    } else if (m_plan.close) {
        m_finSent = true;
        m_phase = Phase::closing;
        send(ControlBits::fin | ControlBits::ack, {});
    }
}

void Dialogue::send(std::uint16_t bits, Bytes data)
{
    const bool counts = (bits & ControlBits::fin) != 0 || !data.empty();
    const auto size = static_cast<std::uint32_t>(data.size());
    Packet made = segment(bits, std::move(data));
    if (counts) {
        m_unacknowledged = made;
        m_next += size + ((bits & ControlBits::fin) != 0 ? 1 : 0);
    }
    m_queue.push_back(std::move(made));
}

/// Layers, ports and timestamps as an answer has them, with our own numbers.
Packet Dialogue::segment(std::uint16_t bits, Bytes data) const
{
    Packet made = answer(*m_last, AnswerKind::ack, {}, {m_next}).value_or(m_opening);
    if (auto* tcp = made.find<TcpHeader>()) {
        tcp->controlBits.value = bits;
        tcp->sequenceNumber = m_next;
        tcp->acknowledgmentNumber = m_expected;
    }
    if (!data.empty())
        made.layers.push_back(Payload{std::move(data)});
    return made;
}

bool Dialogue::over() const
{
    switch (m_phase) {
    case Phase::opening:
    case Phase::closing:
        return false;
    case Phase::established:
        return !m_plan.close && m_sentData == m_plan.data.size() && allAcknowledged();
    case Phase::closed:
    case Phase::refused:
    case Phase::reset:
        break;
    }
    return true;
}

std::string Dialogue::outcome() const
{
    switch (m_phase) {
    case Phase::opening:
        return "The SYN is not answered.";
    case Phase::established:
        return allAcknowledged() ? "The connection is established."
                                 : "The connection is established; the peer has not acknowledged "
                                   "everything.";
    case Phase::closing:
        return m_peerEnded ? "The peer has not acknowledged our FIN."
                           : "Our direction is closed; the peer's is still open.";
    case Phase::closed:
        if (m_crossed)
            return "Closed in order: our FIN and the peer's crossed.";
        return m_closedFirst ? "Closed in order: our FIN came first, then the peer's."
                             : "Closed in order: the peer's FIN came first, then ours.";
    case Phase::refused:
        return "Refused: a RST answered the SYN, so nothing listens on that port.";
    case Phase::reset:
        return "The peer broke the connection off with a RST.";
    }
    return {};
}

} // namespace tcpw
