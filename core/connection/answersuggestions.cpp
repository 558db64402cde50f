// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/answersuggestions.h"

#include "connection/answer.h"
#include "connection/answernumbers.h"
#include "connection/connectionsides.h"
#include "connection/sequence.h"

#include <algorithm>

namespace tcpw {

namespace {

using State = TcpState;

/// A window that grows by less than this is not worth a segment (RFC 9293, section 3.8.6.2.2).
constexpr std::uint64_t worthTelling = 1460;

bool isSynchronized(State state)
{
    return state >= State::established;
}

/// Collects what makes sense for one segment.
class Suggester
{
public:
    Suggester(const Packet& received, const Segment& segment,
        const std::optional<ConnectionSides>& sides, const AnswerContext& context);

    std::vector<AnswerSuggestion> take();

private:
    bool has(std::uint16_t bits) const { return m_tcp.controlBits.has(bits); }
    State ours() const { return m_sides ? m_sides->ours.state : State::unknown; }
    State peers() const { return m_sides ? m_sides->peer.state : State::unknown; }
    void add(AnswerKind kind, const char* why);
    bool isOver() const;
    bool opens() const;
    bool answersOurSyn() const;
    bool isKeepAlive() const;
    bool mayUseSack() const;
    void addForSyn();
    void addForSynAck();
    void addForOtherConnection();
    void addAcknowledgment();
    void addOfOpenDirection();
    void addOfClosedDirection();
    void addUpkeep();

    const Packet& m_received;
    const TcpHeader& m_tcp;
    const std::optional<ConnectionSides>& m_sides;
    const AnswerContext& m_context;
    std::uint32_t m_dataLength;
    std::uint32_t m_length; ///< in sequence space
    bool m_isNew; ///< it holds something that we have not acknowledged
    std::vector<AnswerSuggestion> m_list;
};

Suggester::Suggester(const Packet& received, const Segment& segment,
    const std::optional<ConnectionSides>& sides, const AnswerContext& context)
    : m_received(received)
    , m_tcp(std::get<TcpHeader>(received.layers[segment.tcp]))
    , m_sides(sides)
    , m_context(context)
    , m_dataLength(segment.dataLength)
    , m_length(sequenceLength(received, segment))
    , m_isNew(m_length > 0
          && (!context.ourAcknowledgment
              || comesBefore(*context.ourAcknowledgment, m_tcp.sequenceNumber + m_length)))
{
}

void Suggester::add(AnswerKind kind, const char* why)
{
    const bool there = std::ranges::any_of(
        m_list, [kind](const AnswerSuggestion& known) { return known.kind == kind; });
    std::string numbers = answerNumbersText(m_received, kind, m_context);
    if (!there && !numbers.empty())
        m_list.push_back({kind, why, std::move(numbers)});
}

/// Only who closed first, in TIME-WAIT, still answers in a connection that was closed in order. An
/// end that accepted a SYN goes back to LISTEN by a RST (RFC 9293, section 3.10.7.4).
bool Suggester::isOver() const
{
    const bool weAreGone = ours() == State::closed || ours() == State::listen;
    return weAreGone
        && (peers() == State::closed || peers() == State::listen || peers() == State::timeWait);
}

bool Suggester::opens() const
{
    return has(ControlBits::syn) && !(isSynchronized(ours()) && isSynchronized(peers()));
}

bool Suggester::answersOurSyn() const
{
    return !m_context.ourNext
        || (isAtOrBefore(m_tcp.acknowledgmentNumber, *m_context.ourNext)
            && (!m_context.ourInitial
                || comesBefore(*m_context.ourInitial, m_tcp.acknowledgmentNumber)));
}

/// A segment of a number less, empty or with one byte (RFC 9293, section 3.8.4).
bool Suggester::isKeepAlive() const
{
    return peers() == State::established && m_context.ourAcknowledgment && m_dataLength <= 1
        && m_length == m_dataLength && m_tcp.sequenceNumber == *m_context.ourAcknowledgment - 1;
}

/// RFC 2018, section 2: the option is sent only after both ends permitted it.
bool Suggester::mayUseSack() const
{
    return !m_sides
        || (m_sides->ours.permitsSack.value_or(true) && m_sides->peer.permitsSack.value_or(true));
}

void Suggester::addForSyn()
{
    if (ours() == State::synSent)
        add(AnswerKind::synAck,
            "Both ends sent a SYN at once: this acknowledges the peer's and repeats ours (RFC "
            "9293, section 3.5).");
    else if (ours() == State::synReceived)
        add(AnswerKind::synAck, "The peer has not acknowledged our SYN yet: this sends it again.");
    else
        add(AnswerKind::synAck,
            "The peer asks for a connection: this accepts it and waits for an ACK of our own SYN.");
    add(AnswerKind::rst,
        "Refuses the connection, as a computer does where nothing listens on the port (RFC 9293, "
        "section 3.10.7.1).");
}

void Suggester::addForSynAck()
{
    add(AnswerKind::ack, "The peer waits for an ACK of its SYN; this completes the handshake.");
    add(AnswerKind::data,
        "Completes the handshake too: its third segment may carry data already (RFC 9293, section "
        "3.10.7.3).");
    add(AnswerKind::rst, "Breaks the handshake off: the peer forgets the connection.");
}

void Suggester::addForOtherConnection()
{
    add(AnswerKind::rst,
        "This acknowledges a number that our SYN never used: the peer still has an earlier "
        "connection, which a RST ends (RFC 9293, section 3.5.1).");
}

void Suggester::addAcknowledgment()
{
    if (isKeepAlive())
        add(AnswerKind::ack,
            "The peer asks with a keep-alive whether we are still there; an ACK says so (RFC 9293, "
            "section 3.8.4).");
    if (ours() == State::timeWait && has(ControlBits::fin))
        add(AnswerKind::ack,
            "The peer sends its FIN until it has the ACK of it: this acknowledges it again.");
    if (!m_isNew)
        return;
    const bool gap = m_context.ourAcknowledgment
        && comesBefore(*m_context.ourAcknowledgment, m_tcp.sequenceNumber);
    const char* why = "What comes before this segment is not acknowledged: if it is lost, this "
                      "tells the peer what came nevertheless (RFC 2018).";
    const bool missing = gap && m_sides && m_sides->peer.gaps > 0;
    if (missing && mayUseSack())
        add(AnswerKind::sack, why);
    add(AnswerKind::ack,
        missing ? "Acknowledges what is missing before this segment too, so that the peer never "
                  "sends it again."
            : has(ControlBits::fin)
            ? "The peer closes its direction and waits for an ACK of its FIN."
            : "The peer waits for an ACK of its data; without one it sends them again.");
    if (gap && mayUseSack())
        add(AnswerKind::sack, why);
}

void Suggester::addOfOpenDirection()
{
    const bool peerClosed = ours() == State::closeWait || has(ControlBits::fin);
    const char* dataWhy = peerClosed ? "Only the peer's direction is closed: it still takes data."
        : m_isNew                    ? "Acknowledges the same and carries data of ours with it."
                                     : "The connection is established: the peer takes data.";
    const char* finWhy = peerClosed && m_isNew
        ? "Acknowledges the peer's FIN and closes our direction with it."
        : peerClosed
        ? "The peer has closed: this closes our direction, so that the connection ends in order."
        : "Closes our direction in order; the peer may go on sending (RFC 9293, section 3.6).";
    if (m_sides && m_sides->ours.window == 0 && m_sides->ours.packets > 0)
        add(AnswerKind::windowUpdate,
            "We offered a window of 0: the peer waits for a larger one before it sends on.");
    if (peerClosed)
        add(AnswerKind::finAck, finWhy);
    add(AnswerKind::data, dataWhy);
    add(AnswerKind::finAck, finWhy);
}

void Suggester::addOfClosedDirection()
{
    if (ours() == State::finWait1 || ours() == State::closing || ours() == State::lastAck)
        add(AnswerKind::finAck, "The peer has not acknowledged our FIN yet: this sends it again.");
}

void Suggester::addUpkeep()
{
    if (m_sides && ours() != State::timeWait && ours() != State::lastAck
        && ours() != State::closing) {
        const EndInfo& we = m_sides->ours;
        const std::uint64_t largest = std::uint64_t(65535) << we.windowScale.value_or(0);
        if (we.packets > 0 && we.window + worthTelling <= largest)
            add(AnswerKind::windowUpdate,
                "We offered a smaller window: this tells the peer that it may send more.");
    }
    if (!m_isNew && (ours() == State::established || ours() == State::closeWait || !m_sides))
        add(AnswerKind::keepAlive,
            "Asks whether the peer is still there: it must answer with an ACK (RFC 9293, section "
            "3.8.4).");
    if (ours() != State::timeWait)
        add(AnswerKind::rst,
            "Breaks the connection off at once: the peer drops it and what is on its way.");
}

std::vector<AnswerSuggestion> Suggester::take()
{
    if (has(ControlBits::rst) || isOver())
        return {};
    const bool acknowledges = has(ControlBits::ack);
    if (acknowledges && ours() == State::synSent && !answersOurSyn()) {
        addForOtherConnection();
    } else if (opens()) {
        acknowledges ? addForSynAck() : addForSyn();
    } else {
        addAcknowledgment();
        const bool open = !m_context.finSent && ours() != State::closed;
        open ? addOfOpenDirection() : addOfClosedDirection();
        addUpkeep();
    }
    return std::move(m_list);
}

/// What the numbers of our end, and those of the peer's, are told relative to.
struct Bases
{
    std::optional<std::uint32_t> ours;
    std::optional<std::uint32_t> peers;
};

Bases basesOf(const TcpHeader& received, const AnswerContext& context)
{
    Bases bases{context.ourInitial, context.peerInitial};
    const bool syn = received.controlBits.has(ControlBits::syn);
    const bool ack = received.controlBits.has(ControlBits::ack);
    if (!bases.peers && syn)
        bases.peers = received.sequenceNumber;
    if (!bases.ours && syn && ack)
        bases.ours = received.acknowledgmentNumber - 1;
    if (!bases.ours && !ack)
        bases.ours = context.initialSequenceNumber;
    return bases;
}

std::string told(std::uint32_t number, const std::optional<std::uint32_t>& base)
{
    return std::to_string(number - base.value_or(0)) + (base ? " (relative)" : " (absolute)");
}

/// The number of a RST that the peer's segment tells nothing for is 0 itself.
std::string sequenceTold(
    const TcpHeader& received, AnswerKind kind, std::uint32_t number, const AnswerContext& context)
{
    const bool plainZero = kind == AnswerKind::rst && number == 0 && !context.ourNext
        && !received.controlBits.has(ControlBits::ack);
    return plainZero ? "0" : told(number, basesOf(received, context).ours);
}

} // namespace

std::vector<AnswerSuggestion> suggestAnswers(
    const Packet& received, const std::optional<ConnectionInfo>& connection)
{
    const auto segment = findSegment(received);
    if (!segment || !answerObstacle(received, AnswerKind::ack).empty())
        return {};
    AnswerContext context;
    std::optional<ConnectionSides> sides;
    if (connection) {
        context = answerContext(received, *connection, 0);
        sides = sidesOfReceived(received, *connection);
    }
    return Suggester(received, *segment, sides, context).take();
}

std::string answerNumbersText(const Packet& received, AnswerKind kind, const AnswerContext& context)
{
    const auto segment = findSegment(received);
    if (!segment || !answerObstacle(received, kind).empty())
        return {};
    const auto numbers = answerNumbers(received, *segment, kind, context);
    if (!numbers)
        return {};
    const auto& tcp = std::get<TcpHeader>(received.layers[segment->tcp]);
    const Bases bases = basesOf(tcp, context);
    std::string text = numbers->acknowledgment
        ? "Acknowledgment " + told(*numbers->acknowledgment, bases.peers) + ": "
            + numbers->acknowledgmentFrom
        : "No acknowledgment: the peer's segment tells the sequence number";
    text += "; sequence " + sequenceTold(tcp, kind, numbers->sequence, context) + ": "
        + numbers->sequenceFrom;
    if (numbers->block)
        text += "; block " + std::to_string(numbers->block->leftEdge - bases.peers.value_or(0))
            + " to " + told(numbers->block->rightEdge, bases.peers) + ": this segment";
    return text + ".";
}

} // namespace tcpw
