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
    const bool probes = m_segment.dataLength == 1 && m_from.knowsNext
        && m_segment.sequenceNumber == m_from.next && m_to.knowsWindow && m_to.window == 0;
    if (probes) {
        add(AnalysisName::zeroWindowProbe);
    } else {
        namePlace();
        nameWindow();
        if (!nameAnswer() && repeatsNumbers() && m_segment.window != 0
            && m_segment.window == m_from.window) {
            ++m_from.duplicateAcknowledgments;
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
    return isBare() && !m_special && m_from.knowsNext && m_from.knowsWindow
        && m_segment.sequenceNumber == m_from.next
        && m_segment.acknowledgmentNumber == m_from.lastAcknowledgment;
}

void SequenceAnalysis::namePlace()
{
    if (m_from.knowsNext && comesBefore(m_from.next, m_segment.sequenceNumber)
        && !m_segment.has(ControlBits::rst))
        add(AnalysisName::lostSegment);
    if (m_from.knowsNext && m_segment.dataLength <= 1 && m_segment.sequenceNumber == m_from.next - 1
        && !m_special)
        add(AnalysisName::keepAlive);
}

void SequenceAnalysis::nameWindow()
{
    if (m_segment.window == 0 && !m_special)
        add(AnalysisName::zeroWindow);
    if (repeatsNumbers() && m_segment.window != 0 && m_segment.window != m_from.window)
        add(AnalysisName::windowUpdate);
    if (!isBare() && !m_special && m_to.scale != Flow::unknownScale && m_to.knowsWindow
        && m_segment.sequenceNumber + m_segment.dataLength
            == m_to.lastAcknowledgment + static_cast<std::uint32_t>(m_to.scaledWindow()))
        add(AnalysisName::windowFull);
}

/// Answers to probes of the other end; true when this is one.
bool SequenceAnalysis::nameAnswer()
{
    if (repeatsNumbers() && m_segment.window != 0 && m_segment.window == m_from.window
        && m_to.lastNames.has(AnalysisName::keepAlive)) {
        add(AnalysisName::keepAliveAck);
        return true;
    }
    const std::uint32_t beyond = m_segment.acknowledgmentNumber - m_from.lastAcknowledgment;
    if (!isBare() || m_special || m_segment.window != 0 || !m_from.knowsWindow || m_from.window != 0
        || !m_from.knowsNext || m_segment.sequenceNumber != m_from.next || beyond > 1
        || !m_to.lastNames.has(AnalysisName::zeroWindowProbe))
        return false;
    add(AnalysisName::zeroWindowProbeAck);
    if (beyond == 1) { // the receiver took the probe's byte
        m_to.next = m_segment.acknowledgmentNumber;
        m_to.highestExpected = m_segment.acknowledgmentNumber;
    }
    return true;
}

void SequenceAnalysis::nameAcknowledgment()
{
    if (m_segment.acknowledgmentNumber != m_from.lastAcknowledgment) {
        m_from.newAcknowledgmentPacket = m_arrival.number;
        m_from.duplicateAcknowledgments = 0;
    }
    if (!m_to.knowsExpected || !m_segment.has(ControlBits::ack)
        || !comesBefore(m_to.highestExpected, m_segment.acknowledgmentNumber))
        return;
    const bool resumes = m_segment.acknowledgmentNumber == m_from.lastAcknowledgment + 1
        && m_from.knowsNext && m_segment.sequenceNumber == m_from.next
        && m_to.lastNames.has(AnalysisName::zeroWindowProbe);
    add(resumes ? AnalysisName::windowUpdate : AnalysisName::ackLostSegment);
    m_to.highestExpected = m_to.next;
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
        add(AnalysisName::spuriousRetransmission);
    else if (repeats && isFastRetransmission())
        add(AnalysisName::fastRetransmission);
    else if (repeats && isOutOfOrder())
        add(AnalysisName::outOfOrder);
    else if (repeats)
        add(AnalysisName::retransmission);
}

bool SequenceAnalysis::isSpurious() const
{
    return !isBare() && m_to.knowsAcknowledgment
        && isAtOrBefore(m_segment.sequenceNumber + m_segment.dataLength, m_to.lastAcknowledgment);
}

bool SequenceAnalysis::isFastRetransmission() const
{
    if (m_to.duplicateAcknowledgments < fewestDuplicates
        || m_arrival.time - m_to.lastTime >= fastRetransmissionTime)
        return false;
    return m_segment.sequenceNumber == m_to.lastAcknowledgment
        || (m_to.sackCount > 0 && !isSelectivelyAcknowledged());
}

bool SequenceAnalysis::isSelectivelyAcknowledged() const
{
    for (std::size_t i = 0; i < m_to.sackCount; ++i)
        if (isAtOrBefore(m_to.sack[i].leftEdge, m_segment.sequenceNumber)
            && comesBefore(m_segment.sequenceNumber, m_to.sack[i].rightEdge))
            return true;
    return false;
}

/// Close behind the highest number, and not the very bytes that brought it.
bool SequenceAnalysis::isOutOfOrder() const
{
    const bool counts = m_segment.has(ControlBits::syn) || m_segment.has(ControlBits::fin);
    const std::uint32_t end = m_segment.sequenceNumber + m_segment.dataLength + (counts ? 1u : 0u);
    const std::int64_t limit = m_firstRoundTrip != 0 ? m_firstRoundTrip : reorderingTime;
    return m_arrival.time - m_from.nextTime < limit && end != m_from.next;
}

void SequenceAnalysis::rememberNumbers()
{
    const bool counts = m_segment.has(ControlBits::syn) || m_segment.has(ControlBits::fin);
    const std::uint32_t end = m_segment.sequenceNumber + m_segment.dataLength + (counts ? 1u : 0u);
    if (m_names.has(AnalysisName::zeroWindowProbe))
        return; // its byte counts when it is acknowledged
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
