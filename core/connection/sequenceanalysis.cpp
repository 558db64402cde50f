// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/sequenceanalysis.h"

#include "connection/sequence.h"

namespace tcpw {

namespace {

constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t fastRetransmissionTime = 20 * millisecond;
constexpr std::int64_t reorderingTime = 3 * millisecond; // while no round trip is known
constexpr std::uint32_t fewestDuplicates = 2;

} // namespace

SequenceAnalysis::SequenceAnalysis(
    const Arrival& arrival, Flow& from, Flow& to, std::int64_t firstRoundTrip)
    : m_arrival(arrival)
    , m_segment(arrival.segment)
    , m_from(from)
    , m_to(to)
    , m_firstRoundTrip(firstRoundTrip)
{
    constexpr std::uint16_t special = ControlBits::syn | ControlBits::fin | ControlBits::rst;
    m_special = (m_segment.controlBits.value & special) != 0;
}

AnalysisNames SequenceAnalysis::run()
{
    const bool probes = m_segment.dataLength == 1 && m_segment.sequenceNumber == m_from.next
        && m_to.knowsWindow && m_to.window == 0;
    if (probes) {
        add(AnalysisName::zeroWindowProbe);
    } else {
        namePlace();
        nameWindow();
        if (!nameAnswer() && repeatsNumbers() && repeatsWindow()) {
            m_from.countDuplicate();
            add(AnalysisName::duplicateAck);
        }
    }
    nameAcknowledgment();
    nameRepetition();
    rememberNumbers();
    rememberAcknowledgment();
    return m_names;
}

/// A segment without data that says again what its sender said before.
bool SequenceAnalysis::repeatsNumbers() const
{
    return isBare() && !m_special && m_segment.sequenceNumber == m_from.next
        && m_segment.acknowledgmentNumber == m_from.lastAcknowledgment;
}

bool SequenceAnalysis::repeatsWindow() const
{
    return m_segment.window != 0 && m_from.knowsWindow && m_segment.window == m_from.window;
}

void SequenceAnalysis::namePlace()
{
    if (m_from.knowsNext && comesBefore(m_from.next, m_segment.sequenceNumber)
        && !m_segment.has(ControlBits::rst))
        add(AnalysisName::lostSegment);
    if (m_segment.dataLength <= 1 && m_segment.sequenceNumber == m_from.next - 1 && !m_special)
        add(AnalysisName::keepAlive);
}

void SequenceAnalysis::nameWindow()
{
    if (m_segment.window == 0 && !m_special)
        add(AnalysisName::zeroWindow);
    if (repeatsNumbers() && m_segment.window != 0 && !repeatsWindow())
        add(AnalysisName::windowUpdate);
    if (!isBare() && !m_special && m_to.scale != Flow::unknownScale && m_to.knowsWindow
        && m_segment.sequenceNumber + m_segment.dataLength
            == m_to.lastAcknowledgment + static_cast<std::uint32_t>(m_to.scaledWindow()))
        add(AnalysisName::windowFull);
}

/// Answers to probes of the other end; true when this is one.
bool SequenceAnalysis::nameAnswer()
{
    if (repeatsNumbers() && repeatsWindow() && m_to.lastNames.has(AnalysisName::keepAlive)) {
        add(AnalysisName::keepAliveAck);
        return true;
    }
    if (!repeatsNumbers() || m_segment.window != 0 || !m_from.knowsWindow || m_from.window != 0
        || !m_to.lastNames.has(AnalysisName::zeroWindowProbe))
        return false;
    add(AnalysisName::zeroWindowProbeAck);
    return true;
}

void SequenceAnalysis::nameAcknowledgment()
{
    if (m_segment.acknowledgmentNumber != m_from.lastAcknowledgment) {
        m_from.newAcknowledgmentPacket = m_arrival.number;
        m_from.duplicateAcknowledgments = 0;
        m_from.isOvertaken = false;
    }
    if (!m_to.knowsExpected || !m_segment.has(ControlBits::ack)
        || !comesBefore(m_to.highestExpected, m_segment.acknowledgmentNumber))
        return;
    if (m_to.highestExpected != m_to.next)
        add(AnalysisName::ackLostSegment); // of a gap
    else
        nameBeyond();
    m_to.highestExpected = m_to.next;
}

/// An acknowledgment of more than was ever seen is named once, until the other end acknowledges
/// something new.
void SequenceAnalysis::nameBeyond()
{
    if (!m_to.isOvertaken && m_to.duplicateAcknowledgments == 0)
        add(AnalysisName::ackLostSegment);
    m_to.isOvertaken = true;
    m_to.duplicateAcknowledgments = 0;
}

void SequenceAnalysis::nameRepetition()
{
    const bool takesSpace
        = !isBare() || m_segment.has(ControlBits::syn) || m_segment.has(ControlBits::fin);
    if (!takesSpace || m_names.has(AnalysisName::keepAlive))
        return;
    // One byte more than before: a zero window probe went ahead with it.
    const bool continues = m_segment.dataLength > 1 && m_from.knowsNext
        && m_segment.sequenceNumber == m_from.next - 1;
    const bool repeats
        = m_from.knowsNext && !continues && comesBefore(m_segment.sequenceNumber, m_from.next);
    if (isSpurious())
        addRetransmission(AnalysisName::spuriousRetransmission);
    else if (repeats && isFastRetransmission())
        addRetransmission(AnalysisName::fastRetransmission);
    else if (repeats && isOutOfOrder())
        add(AnalysisName::outOfOrder);
    else if (repeats)
        add(AnalysisName::retransmission);
}

void SequenceAnalysis::addRetransmission(AnalysisName kind)
{
    add(AnalysisName::retransmission);
    add(kind);
}

bool SequenceAnalysis::isSpurious() const
{
    return !isBare() && m_to.knowsAcknowledgment
        && isAtOrBefore(m_segment.sequenceNumber + m_segment.dataLength, m_to.lastAcknowledgment);
}

bool SequenceAnalysis::isFastRetransmission() const
{
    const std::int64_t elapsed = m_arrival.time - m_to.lastTime;
    const bool isAsked = m_to.duplicateAcknowledgments >= fewestDuplicates || m_to.isOvertaken;
    return isAsked && elapsed >= 0 && elapsed < fastRetransmissionTime
        && m_segment.sequenceNumber == m_to.lastAcknowledgment;
}

/// Close behind the highest number, and not the very bytes that brought it.
bool SequenceAnalysis::isOutOfOrder() const
{
    const bool counts = m_segment.has(ControlBits::syn) || m_segment.has(ControlBits::fin);
    const std::uint32_t end = m_segment.sequenceNumber + m_segment.dataLength + (counts ? 1u : 0u);
    const std::int64_t limit = m_firstRoundTrip != 0 ? m_firstRoundTrip : reorderingTime;
    const std::int64_t elapsed = m_arrival.time - m_from.nextTime;
    return elapsed >= 0 && elapsed < limit && end != m_from.next;
}

/// Wireshark keeps so many unacknowledged segments; a SYN or FIN beyond takes no sequence number.
std::uint32_t SequenceAnalysis::countedEnd() const
{
    const bool counts = (m_segment.has(ControlBits::syn) || m_segment.has(ControlBits::fin))
        && m_from.sent.size() < SentSegments::most;
    return m_segment.sequenceNumber + m_segment.dataLength + (counts ? 1u : 0u);
}

void SequenceAnalysis::rememberNumbers()
{
    const std::uint32_t end = countedEnd();
    if (m_names.has(AnalysisName::zeroWindowProbe))
        return; // its byte counts when it is acknowledged
    const bool isReset = m_segment.has(ControlBits::rst) && m_segment.dataLength == 0;
    if (isReset && m_from.knowsNext)
        return; // it says a number, and sends nothing that has it
    if (!m_from.knowsNext || comesBefore(m_from.next, end)) {
        m_from.next = end;
        m_from.nextTime = m_arrival.time;
        m_from.nextPacket = m_arrival.number;
        m_from.knowsNext = true;
    }
    if (!m_from.knowsExpected || m_segment.sequenceNumber == m_from.highestExpected) {
        m_from.highestExpected = m_from.next;
        m_from.knowsExpected = true;
    }
}

void SequenceAnalysis::rememberAcknowledgment()
{
    m_from.window = m_segment.window;
    m_from.knowsWindow = true;
    m_from.lastAcknowledgment = m_segment.acknowledgmentNumber;
    m_from.knowsAcknowledgment
        = m_segment.has(ControlBits::ack) || m_segment.acknowledgmentNumber != 0;
    m_from.lastTime = m_arrival.time;
    m_from.lastNames = m_names;
}

} // namespace tcpw
