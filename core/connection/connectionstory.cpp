// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/connectionstory.h"

#include "connection/reasontext.h"
#include "connection/stateinference.h"

#include <array>
#include <cstdio>

namespace tcpw {

namespace {

bool isRepetition(const TrackedPacket& tracked)
{
    const AnalysisNames names = tracked.names;
    if (tracked.reason == Reason::simultaneousOpen)
        return false; // a SYN again, but to say something new
    return names.has(AnalysisName::retransmission) || names.has(AnalysisName::fastRetransmission)
        || names.has(AnalysisName::spuriousRetransmission);
}

const char* endName(bool initiator)
{
    return initiator ? "initiator" : "responder";
}

std::string timesText(int count)
{
    return count == 1 ? "once" : std::to_string(count) + " times";
}

std::string secondsText(std::int64_t nanoseconds)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6f", static_cast<double>(nanoseconds) / 1e9);
    return text;
}

} // namespace

class ConnectionStory::Private
{
public:
    void take(const TrackedPacket& tracked, std::uint32_t number, const PacketRecord& record,
        const SegmentFacts& segment);
    std::string handshakeText() const;
    std::string closeText() const;
    std::string openText() const;
    std::string arrowText(const StoryArrow& arrow) const;

    std::deque<StoryArrow> arrows;
    std::deque<StateTransition> transitions;
    StateInference states;
    Endpoint initiator;
    Endpoint responder;

private:
    void takeInitial(bool fromInitiator, const SegmentFacts& segment);
    void takeChanges(const StateChanges& changes, std::uint32_t number, std::int64_t timestamp);
    void takeSyn(bool fromInitiator, const SegmentFacts& segment, std::int64_t timestamp);
    std::uint32_t relative(bool ofInitiator, std::uint32_t sequenceNumber) const;
    std::string establishedText() const;

    std::array<std::optional<std::uint32_t>, 2> m_initial; ///< of initiator, responder
    std::array<int, 2> m_syns{}; ///< how often each end sent SYN
    std::optional<std::int64_t> m_synTime;
    std::optional<std::int64_t> m_establishedTime; ///< when the last end was
    std::optional<bool> m_initiatorClosedFirst;
    std::uint32_t m_resetPacket = 0;
    bool m_bothOpened = false;
};

void ConnectionStory::Private::takeInitial(bool fromInitiator, const SegmentFacts& segment)
{
    auto& from = m_initial[fromInitiator ? 0 : 1];
    auto& to = m_initial[fromInitiator ? 1 : 0];
    if (!from)
        from = segment.sequenceNumber - (segment.has(ControlBits::syn) ? 0 : 1);
    if (!to && segment.has(ControlBits::ack))
        to = segment.acknowledgmentNumber - 1;
}

std::uint32_t ConnectionStory::Private::relative(
    bool ofInitiator, std::uint32_t sequenceNumber) const
{
    return sequenceNumber - m_initial[ofInitiator ? 0 : 1].value_or(sequenceNumber);
}

void ConnectionStory::Private::takeSyn(
    bool fromInitiator, const SegmentFacts& segment, std::int64_t timestamp)
{
    if (!segment.has(ControlBits::syn))
        return;
    ++m_syns[fromInitiator ? 0 : 1];
    if (!m_synTime)
        m_synTime = timestamp;
    m_bothOpened = m_bothOpened || (!fromInitiator && !segment.has(ControlBits::ack));
}

void ConnectionStory::Private::takeChanges(
    const StateChanges& changes, std::uint32_t number, std::int64_t timestamp)
{
    for (const StateChange& change : changes) {
        if (change.corrects)
            for (auto last = transitions.rbegin(); last != transitions.rend(); ++last)
                if (last->ofInitiator == change.ofInitiator) {
                    transitions.erase(std::next(last).base());
                    break;
                }
        transitions.push_back(
            {number, timestamp, change.ofInitiator, change.from, change.to, change.why});
        if (change.to == TcpState::established)
            m_establishedTime = timestamp;
    }
}

void ConnectionStory::Private::take(const TrackedPacket& tracked, std::uint32_t number,
    const PacketRecord& record, const SegmentFacts& segment)
{
    const bool fromInitiator = tracked.fromInitiator;
    if (arrows.empty()) {
        initiator = fromInitiator ? segment.source : segment.destination;
        responder = fromInitiator ? segment.destination : segment.source;
    }
    takeInitial(fromInitiator, segment);
    takeSyn(fromInitiator, segment, record.timestamp);
    if (segment.isWhole)
        takeChanges(states.take(segment, fromInitiator), number, record.timestamp);
    if (segment.has(ControlBits::fin) && !m_initiatorClosedFirst)
        m_initiatorClosedFirst = fromInitiator;
    if (segment.has(ControlBits::rst) && m_resetPacket == 0)
        m_resetPacket = number;

    StoryArrow arrow;
    arrow.number = number;
    arrow.timestamp = record.timestamp;
    arrow.fromInitiator = fromInitiator;
    arrow.origin = record.origin;
    arrow.controlBits = segment.controlBits;
    arrow.relativeSequence = relative(fromInitiator, segment.sequenceNumber);
    if (segment.has(ControlBits::ack))
        arrow.relativeAcknowledgment = relative(!fromInitiator, segment.acknowledgmentNumber);
    if (segment.sack)
        arrow.relativeSack = SackBlock{relative(!fromInitiator, segment.sack->leftEdge),
            relative(!fromInitiator, segment.sack->rightEdge)};
    arrow.dataLength = segment.dataLength;
    arrow.window = segment.window;
    arrow.tracked = tracked;
    arrow.isRetransmission = isRepetition(tracked);
    arrows.push_back(arrow);
}

std::string ConnectionStory::Private::establishedText() const
{
    const int syns = m_syns[0] + m_syns[1];
    if (m_bothOpened)
        return "Both ends sent a SYN at once, and each acknowledged the other's.";
    std::string text = "The handshake took three segments and "
        + durationText(*m_establishedTime - *m_synTime) + ".";
    if (syns > 2)
        text = "The handshake took " + durationText(*m_establishedTime - *m_synTime) + "; the SYN "
            + "was sent " + timesText(m_syns[0]) + ", the SYN,ACK " + timesText(m_syns[1]) + ".";
    return text;
}

std::string ConnectionStory::Private::handshakeText() const
{
    if (arrows.empty())
        return "";
    if (m_syns[0] == 0 && m_syns[1] == 0)
        return "The capture begins in the middle of the connection.";
    if (m_syns[0] == 0)
        return "The capture begins with the SYN,ACK; the SYN before it is missing.";
    const bool answered = m_syns[1] > 0;
    if (m_establishedTime && answered && states.isHandshakeDone())
        return establishedText();
    if (states.ending() == Ending::refused)
        return "The SYN was refused with a RST.";
    if (answered)
        return "The SYN was answered, but no ACK completed the handshake.";
    if (states.ending() == Ending::noAnswer)
        return m_syns[0] == 1
            ? "The SYN is not answered."
            : "The SYN was sent " + timesText(m_syns[0]) + " and is not answered.";
    return "The SYN is there, but no SYN,ACK.";
}

std::string ConnectionStory::Private::openText() const
{
    if (!m_initiatorClosedFirst)
        return "It is not closed.";
    return std::string("The ") + endName(*m_initiatorClosedFirst)
        + " sent FIN; it is not acknowledged yet.";
}

std::string ConnectionStory::Private::closeText() const
{
    const std::string reset = " in No. " + std::to_string(m_resetPacket) + ".";
    switch (states.ending()) {
    case Ending::open:
        return openText();
    case Ending::orderly:
        return states.closedAtOnce()
            ? "Both ends sent FIN at once; both directions ended in order."
            : std::string("The ") + endName(m_initiatorClosedFirst.value_or(true))
                + " closed first; both directions ended in order.";
    case Ending::halfClosedByInitiator:
        return "Half-closed: the initiator has no more data, the responder may still send.";
    case Ending::halfClosedByResponder:
        return "Half-closed: the responder has no more data, the initiator may still send.";
    case Ending::refused:
        return "The responder refused it with a RST" + reset;
    case Ending::resetByInitiator:
        return "The initiator reset it" + reset;
    case Ending::resetByResponder:
        return "The responder reset it" + reset;
    case Ending::noAnswer:
        return "It never opened.";
    }
    return "";
}

std::string ConnectionStory::Private::arrowText(const StoryArrow& arrow) const
{
    const std::int64_t begin = arrows.front().timestamp;
    std::string text = "No. " + std::to_string(arrow.number) + "  "
        + secondsText(arrow.timestamp - begin) + "  " + endName(arrow.fromInitiator) + " -> "
        + endName(!arrow.fromInitiator) + "  " + toText(arrow.controlBits) + "  seq "
        + std::to_string(arrow.relativeSequence);
    if (arrow.controlBits.has(ControlBits::ack))
        text += " ack " + std::to_string(arrow.relativeAcknowledgment);
    if (arrow.relativeSack)
        text += " SACK " + std::to_string(arrow.relativeSack->leftEdge) + "-"
            + std::to_string(arrow.relativeSack->rightEdge);
    text += " length " + std::to_string(arrow.dataLength);
    if (arrow.origin != Origin::unknown)
        text += std::string("  from ") + originName(arrow.origin);
    if (!arrow.tracked.names.empty())
        text += "  " + toText(arrow.tracked.names);
    if (arrow.tracked.refersTo != 0)
        text += " (No. " + std::to_string(arrow.tracked.refersTo) + ")";
    return text + "\n";
}

ConnectionStory::ConnectionStory()
    : d(std::make_unique<Private>())
{
}

ConnectionStory::~ConnectionStory() = default;
ConnectionStory::ConnectionStory(ConnectionStory&&) noexcept = default;
ConnectionStory& ConnectionStory::operator=(ConnectionStory&&) noexcept = default;

void ConnectionStory::append(
    const TrackedPacket& tracked, std::uint32_t number, const PacketRecord& record, ByteView bytes)
{
    const bool isOther = !tracked.isTcp()
        || (!d->arrows.empty() && tracked.connection != d->arrows.front().tracked.connection);
    if (isOther)
        return;
    if (const auto segment = readSegment(bytes, record.linkType, record.originalLength))
        d->take(tracked, number, record, *segment);
}

const std::deque<StoryArrow>& ConnectionStory::arrows() const
{
    return d->arrows;
}

const std::deque<StateTransition>& ConnectionStory::transitions() const
{
    return d->transitions;
}

const Endpoint& ConnectionStory::initiator() const
{
    return d->initiator;
}

const Endpoint& ConnectionStory::responder() const
{
    return d->responder;
}

TcpState ConnectionStory::initiatorState() const
{
    return d->states.initiatorState();
}

TcpState ConnectionStory::responderState() const
{
    return d->states.responderState();
}

Ending ConnectionStory::ending() const
{
    return d->states.ending();
}

std::string ConnectionStory::handshakeText() const
{
    return d->handshakeText();
}

std::string ConnectionStory::closeText() const
{
    return d->arrows.empty() ? "" : d->closeText();
}

std::string ConnectionStory::text() const
{
    std::string text;
    auto transition = d->transitions.begin();
    for (const StoryArrow& arrow : d->arrows) {
        text += d->arrowText(arrow);
        for (; transition != d->transitions.end() && transition->number <= arrow.number;
             ++transition)
            text += std::string("    ") + endName(transition->ofInitiator) + ": "
                + tcpStateName(transition->from) + " -> " + tcpStateName(transition->to) + ", "
                + transition->why + "\n";
    }
    if (!text.empty())
        text += d->handshakeText() + " " + d->closeText() + "\n";
    return text;
}

} // namespace tcpw
