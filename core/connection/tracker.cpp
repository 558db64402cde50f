// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/tracker.h"

#include "connection/connectiontable.h"
#include "connection/reasonfinder.h"
#include "connection/sequenceanalysis.h"

namespace tcpw {

namespace {

using Bits = ControlBits;

bool opens(const SegmentFacts& segment)
{
    return segment.has(Bits::syn) && !segment.has(Bits::ack);
}

/// Takes what a SYN says of scaling: it is in use when both ends' SYNs have the option (RFC 7323,
/// section 2.2).
void takeScale(const SegmentFacts& segment, Flow& from, Flow& to)
{
    if (!segment.has(Bits::syn))
        return;
    if (from.scale == Flow::unknownScale && !segment.windowScale) {
        from.scale = Flow::noScale;
        to.scale = Flow::noScale;
    } else if (segment.windowScale && from.scale != Flow::noScale) {
        from.scale = std::min(*segment.windowScale, Flow::largestScale) & 31u;
    }
    from.hasSyn = true;
    from.offersScale = segment.windowScale.has_value();
    from.offersSack = segment.sackPermitted;
    from.offersTimestamps = segment.hasTimestamps;
}

/// The initial number of a direction whose SYN is not there is the one before the first seen.
void takeInitialNumbers(const SegmentFacts& segment, Flow& from, Flow& to)
{
    if (!from.knowsInitial) {
        from.initial = segment.sequenceNumber - (segment.has(Bits::syn) ? 0 : 1);
        from.knowsInitial = true;
    }
    if (!to.knowsInitial && segment.has(Bits::ack)) {
        to.initial = segment.acknowledgmentNumber - 1;
        to.knowsInitial = true;
    }
}

void takeRoundTrip(Connection& connection, const Arrival& arrival)
{
    std::int64_t& synTime = connection.synTimeOrRoundTrip;
    if (connection.knowsRoundTrip)
        return;
    if (opens(arrival.segment)) {
        synTime = arrival.time;
    } else if (synTime != 0 && synTime != arrival.time && arrival.segment.has(Bits::ack)
        && !arrival.segment.has(Bits::syn)) {
        connection.synTimeOrRoundTrip = arrival.time - synTime;
        connection.knowsRoundTrip = true;
    }
}

std::int64_t smooth(std::int64_t smoothed, std::int64_t sample)
{
    return smoothed == 0 ? sample : smoothed + (sample - smoothed) / 8; // RFC 6298, 2.3
}

/// Keeps what is sent until it is acknowledged. Gives the earlier sending of the same bytes, as it
/// was before this one.
std::optional<SentSegment> keepSent(const Arrival& arrival, Flow& from)
{
    const SegmentFacts& segment = arrival.segment;
    if (segment.sequenceLength() == 0)
        return {};
    SentSegment* const earlier = from.sent.find(segment.sequenceNumber);
    if (!earlier) {
        from.sent.add({segment.sequenceNumber, segment.nextSequenceNumber(), arrival.number, 0, 0,
            arrival.time});
        return {};
    }
    const SentSegment before = *earlier;
    TrackedPacket coder;
    coder.setElapsed(arrival.time - before.lastTime);
    earlier->lastInterval = coder.elapsedCode;
    earlier->lastTime = arrival.time;
    earlier->repeats = static_cast<std::uint16_t>(std::min(before.repeats + 1, 0xffff));
    return before;
}

void takeAcknowledgment(const Arrival& arrival, Flow& to)
{
    if (!arrival.segment.has(Bits::ack))
        return;
    if (const auto sent = to.sent.acknowledge(arrival.segment.acknowledgmentNumber))
        to.setRoundTrip(smooth(to.roundTrip(), std::max(arrival.time - *sent, std::int64_t{0})));
}

bool isRepetition(AnalysisNames names)
{
    return names.has(AnalysisName::retransmission) || names.has(AnalysisName::fastRetransmission)
        || names.has(AnalysisName::spuriousRetransmission);
}

/// Counts, and remembers the segment as the last of its direction.
void remember(Connection& connection, const Arrival& arrival, const TrackedPacket& tracked)
{
    const SegmentFacts& segment = arrival.segment;
    const AnalysisNames names = tracked.names;
    const std::size_t direction = tracked.fromInitiator ? 0 : 1;
    Flow& from = connection.flows[direction];
    from.addData(segment.dataLength);
    from.retransmissions += isRepetition(names) ? 1 : 0;
    if (names.has(AnalysisName::lostSegment))
        ++connection.makeOddities().gaps[direction];
    from.windowIsUnscaled = segment.has(Bits::syn);
    if (segment.window == 0 && !names.has(AnalysisName::zeroWindowProbeAck)
        && !segment.has(Bits::rst))
        connection.makeOddities().zeroWindowPackets[direction] = arrival.number;
    if (segment.has(Bits::fin) && from.finPacket == 0)
        from.finPacket = arrival.number;
    from.lastPacket = arrival.number;

    from.lastBits = segment.controlBits.value;
}

EndInfo endInfo(const Endpoint& endpoint, const Flow& flow, const Flow& other, TcpState state)
{
    EndInfo info;
    info.endpoint = endpoint;
    info.state = state;
    info.packets = flow.packets;
    info.dataBytes = flow.dataBytes();
    if (flow.knowsInitial)
        info.initialSequenceNumber = flow.initial;
    if (flow.knowsNext)
        info.nextSequenceNumber = flow.next;
    if (other.knowsAcknowledgment)
        info.acknowledged = other.lastAcknowledgment;
    info.window = flow.scaledWindow();
    if (flow.hasScale())
        info.windowScale = flow.scale;
    if (flow.hasSyn)
        info.permitsSack = flow.offersSack;
    info.unacknowledgedSegments = static_cast<std::uint32_t>(flow.sent.size());
    info.retransmissions = flow.retransmissions;
    if (flow.roundTrip() != 0)
        info.smoothedRoundTrip = flow.roundTrip();
    return info;
}

} // namespace

class Tracker::Private
{
public:
    TrackedPacket add(const Arrival& arrival, Origin origin);
    ConnectionInfo info(std::uint32_t number) const;

    ConnectionTable table;

private:
    std::uint32_t connectionOf(
        const EndPair& ends, const Arrival& arrival, Origin origin, TrackedPacket& tracked);
    std::uint32_t open(const EndPair& ends, const Arrival& arrival, Origin origin);
    void analyze(Connection& connection, const Arrival& arrival, TrackedPacket& tracked);
};

std::uint32_t Tracker::Private::open(const EndPair& ends, const Arrival& arrival, Origin origin)
{
    const std::uint32_t number = table.add(ends);
    Connection& connection = table.at(number);
    const bool answers = arrival.segment.has(Bits::syn | Bits::ack);
    connection.lowerInitiates = ends.isFromLower() != answers || ends.areEqual();
    connection.firstTime = arrival.time;
    connection.firstPacket = arrival.number;
    connection.initiatorOrigin = answers ? Origin::unknown : origin;
    return number;
}

/// The number of the segment's connection. A SYN begins a new one where the last between these
/// ends began with another number.
std::uint32_t Tracker::Private::connectionOf(
    const EndPair& ends, const Arrival& arrival, Origin origin, TrackedPacket& tracked)
{
    const SegmentFacts& segment = arrival.segment;
    const std::uint32_t last = table.find(ends);
    if (last == TrackedPacket::noConnection)
        return open(ends, arrival, origin);
    Connection& connection = table.at(last);
    Flow& from = connection.flows[connection.isFromInitiator(ends) ? 0 : 1];
    if (!segment.has(Bits::syn) || !from.knowsInitial)
        return last;
    const bool otherNumber = from.initial != segment.sequenceNumber;
    if (segment.has(Bits::ack)) {
        if (otherNumber)
            tracked.names.add(AnalysisName::reusedPorts);
        from.initial = segment.sequenceNumber;
        return last;
    }
    if (!otherNumber) {
        if (from.knowsExpected)
            from.next = from.highestExpected; // what came behind a gap is forgotten
        return last;
    }
    tracked.names.add(AnalysisName::reusedPorts);
    tracked.refersTo = connection.lastPacket();
    return open(ends, arrival, origin);
}

void Tracker::Private::analyze(
    Connection& connection, const Arrival& arrival, TrackedPacket& tracked)
{
    Flow& from = connection.flows[tracked.fromInitiator ? 0 : 1];
    Flow& to = connection.flows[tracked.fromInitiator ? 1 : 0];
    takeInitialNumbers(arrival.segment, from, to);
    tracked.names.bits
        |= SequenceAnalysis(arrival, from, to, connection.firstRoundTrip()).run().bits;
    takeScale(arrival.segment, from, to);

    takeRoundTrip(connection, arrival);
    takeAcknowledgment(arrival, to);
    remember(connection, arrival, tracked);
}

TrackedPacket Tracker::Private::add(const Arrival& arrival, Origin origin)
{
    TrackedPacket tracked;
    const EndPair ends(arrival.segment.source, arrival.segment.destination);
    tracked.connection = connectionOf(ends, arrival, origin, tracked);
    const std::uint32_t earlier = tracked.refersTo;
    Connection& connection = table.at(tracked.connection);
    tracked.fromInitiator = connection.isFromInitiator(ends);
    Flow& from = connection.flows[tracked.fromInitiator ? 0 : 1];
    ++from.packets;
    if (arrival.segment.isWhole) {
        ReasonFinder reason(connection, arrival, origin, tracked.fromInitiator);
        analyze(connection, arrival, tracked);
        const auto repeated = keepSent(arrival, from);
        connection.states.take(arrival.segment, tracked.fromInitiator);
        reason.find(tracked, repeated ? &*repeated : nullptr, connection);
        if (tracked.reason == Reason::reusedPorts)
            tracked.refersTo = earlier;
    } else {
        Oddities& oddities = connection.makeOddities();
        oddities.brokenPacket = arrival.number;
        oddities.brokenTime = arrival.time;
    }
    if (connection.endPacket == 0 && connection.states.isOver())
        connection.endPacket = arrival.number;
    tracked.setStates(connection.states.initiatorState(), connection.states.responderState());
    return tracked;
}

ConnectionInfo Tracker::Private::info(std::uint32_t number) const
{
    const Connection& connection = table.at(number);
    const auto& [first, second] = connection.flows;
    ConnectionInfo info;
    auto [initiator, responder] = table.endsOf(connection);
    if (!connection.lowerInitiates)
        std::swap(initiator, responder);
    info.number = number;
    info.initiator = endInfo(initiator, first, second, connection.states.initiatorState());
    info.responder = endInfo(responder, second, first, connection.states.responderState());
    if (connection.oddities) {
        info.initiator.gaps = connection.oddities->gaps[0];
        info.responder.gaps = connection.oddities->gaps[1];
    }
    info.firstPacket = connection.firstPacket;
    info.lastPacket = connection.lastPacket();
    info.firstTime = connection.firstTime;
    info.lastTime = connection.lastTime();
    if (connection.knowsRoundTrip)
        info.initialRoundTrip = connection.firstRoundTrip();
    info.ending = connection.states.ending();
    return info;
}

Tracker::Tracker()
    : d(std::make_unique<Private>())
{
}

Tracker::~Tracker() = default;
Tracker::Tracker(Tracker&&) noexcept = default;
Tracker& Tracker::operator=(Tracker&&) noexcept = default;

ReadPacket Tracker::read(const PacketRecord& record, ByteView bytes)
{
    ReadPacket packet{record.timestamp, record.origin,
        readSegment(bytes, record.linkType, record.originalLength)};
    if (packet.segment && !packet.segment->versionFits)
        packet.segment.reset();
    return packet;
}

TrackedPacket Tracker::add(std::uint32_t number, const PacketRecord& record, ByteView bytes)
{
    return add(number, read(record, bytes));
}

TrackedPacket Tracker::add(std::uint32_t number, const ReadPacket& packet)
{
    return packet.segment ? add(number, packet.timestamp, packet.origin, *packet.segment)
                          : TrackedPacket();
}

TrackedPacket Tracker::add(
    std::uint32_t number, std::int64_t timestamp, Origin origin, const SegmentFacts& segment)
{
    return d->add({segment, number, timestamp}, origin);
}

std::size_t Tracker::connectionCount() const
{
    return d->table.size();
}

bool Tracker::knows(std::uint32_t number) const
{
    return d->table.knows(number);
}

void Tracker::forgetBefore(std::uint32_t number)
{
    d->table.forgetBefore(number);
}

ConnectionInfo Tracker::connection(std::uint32_t number) const
{
    return d->info(number);
}

void Tracker::clear()
{
    d->table.clear();
}

} // namespace tcpw
