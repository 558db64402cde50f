// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/peerexpectation.h"

#include "connection/answernumbers.h"
#include "connection/connectionsides.h"
#include "connection/sequence.h"

namespace tcpw {

namespace {

using State = TcpState;
using Bits = ControlBits;

/// What is sent, against what the peer expects.
struct Sent
{
    const TcpHeader& tcp;
    std::uint32_t length; ///< in sequence space
    std::uint32_t dataLength;

    bool has(std::uint16_t bits) const { return tcp.controlBits.has(bits); }
    std::uint32_t begin() const { return tcp.sequenceNumber; }
    std::uint32_t end() const { return tcp.sequenceNumber + length; }
};

enum class Place
{
    before, ///< of what the peer has already
    next, ///< where the peer waits, as far as is known
    beyondGap, ///< in the window, and something before it is missing
    outside, ///< beyond the window
};

/// RFC 9293, section 3.10.7.4, first check.
Place placeOf(const Sent& sent, const PeerView& peer)
{
    const auto expected = peer.expected ? peer.expected : peer.acknowledged;
    if (!expected)
        return Place::next;
    const std::uint32_t least = peer.acknowledged.value_or(*expected);
    if (comesBefore(sent.begin(), least))
        return comesBefore(least, sent.end()) ? Place::next : Place::before;
    if (isAtOrBefore(sent.begin(), *expected))
        return peer.window == 0 && sent.length > 0 ? Place::outside : Place::next;
    return sent.begin() - least < peer.window ? Place::beyondGap : Place::outside;
}

PeerExpectation expect(
    unsigned replies, const std::string& text, std::optional<std::uint32_t> acknowledgment = {})
{
    return {replies, acknowledgment, text};
}

/// The peer's last number is its FIN's in the states where this is asked.
bool acknowledgesFin(const Sent& sent, const PeerView& peer)
{
    return sent.has(Bits::ack) && (!peer.next || sent.tcp.acknowledgmentNumber == *peer.next);
}

bool acknowledgesTheFuture(const Sent& sent, const PeerView& peer)
{
    return peer.next && comesBefore(*peer.next, sent.tcp.acknowledgmentNumber);
}

/// The acknowledgment is of the SYN, or of something after it that was sent.
bool acknowledgesSyn(const Sent& sent, const PeerView& peer)
{
    const std::uint32_t acknowledged = sent.tcp.acknowledgmentNumber;
    return (!peer.initial || comesBefore(*peer.initial, acknowledged))
        && !acknowledgesTheFuture(sent, peer);
}

/// RFC 9293, section 3.10.7.1.
PeerExpectation inClosed(const Sent& sent)
{
    if (sent.has(Bits::rst))
        return expect(PeerReply::none, "expect no answer: there is nothing that a RST could end.");
    return expect(PeerReply::rst,
        sent.has(Bits::ack) ? "expect RST: it knows no such connection."
                            : "expect RST,ACK: it knows no such connection.");
}

/// RFC 9293, section 3.10.7.2.
PeerExpectation inListen(const Sent& sent)
{
    if (sent.has(Bits::rst))
        return expect(PeerReply::none, "expect no answer: it goes on waiting for a SYN.");
    if (sent.has(Bits::ack))
        return expect(
            PeerReply::rst, "expect RST: it has sent nothing that could be acknowledged.");
    if (sent.has(Bits::syn))
        return expect(
            PeerReply::synAck, "expect SYN,ACK; it goes to SYN-RECEIVED.", sent.begin() + 1);
    return expect(PeerReply::none, "expect no answer: it waits for a SYN and drops all else.");
}

/// RFC 9293, section 3.10.7.3.
PeerExpectation inSynSent(const Sent& sent, const PeerView& peer)
{
    const bool fits = sent.has(Bits::ack) && acknowledgesSyn(sent, peer);
    if (sent.has(Bits::rst))
        return fits
            ? expect(PeerReply::none, "expect no answer: its SYN is refused; it goes to CLOSED.")
            : expect(PeerReply::none,
                "expect no answer: it drops a RST that does not acknowledge its SYN.");
    if (sent.has(Bits::ack) && !fits)
        return expect(PeerReply::rst, "expect RST: this acknowledges something else than its SYN.");
    if (sent.has(Bits::syn | Bits::ack))
        return expect(
            PeerReply::ack, "expect ACK of our SYN; it goes to ESTABLISHED.", sent.begin() + 1);
    if (sent.has(Bits::syn))
        return expect(PeerReply::synAck | PeerReply::ack,
            "expect SYN,ACK: both ends open at once (RFC 9293, section 3.5); it goes to "
            "SYN-RECEIVED.",
            sent.begin() + 1);
    return expect(PeerReply::none, "expect no answer: it waits for a SYN and drops all else.");
}

/// RFC 9293, section 3.10.7.4, second check, and RFC 5961, section 3.
PeerExpectation onReset(const PeerView& peer, Place place)
{
    if (place == Place::beyondGap)
        return expect(PeerReply::ack,
            "expect ACK: the RST is not at the number it waits for, so it asks back (challenge "
            "ACK, RFC 5961).",
            peer.expected);
    if (place != Place::next)
        return expect(PeerReply::none, "expect no answer: a RST outside the window is dropped.");
    return expect(PeerReply::none,
        peer.state == State::synReceived
            ? "expect no answer; it goes back to LISTEN, or to CLOSED where it opened itself."
            : "expect no answer; it goes to CLOSED.");
}

PeerExpectation onSyn(const Sent& sent, const PeerView& peer)
{
    if (peer.state == State::timeWait)
        return expect(PeerReply::synAck | PeerReply::ack,
            "expect SYN,ACK where the SYN's number is above the old connection's (RFC 9293, "
            "section 3.10.7.4), else ACK.");
    if (peer.state == State::synReceived && sent.has(Bits::ack))
        return expect(PeerReply::none | PeerReply::ack,
            "expect ACK or nothing: both ends opened at once; it goes to ESTABLISHED.");
    if (peer.state == State::synReceived)
        return expect(PeerReply::synAck | PeerReply::ack,
            "expect SYN,ACK again, or an ACK (RFC 9293, section 3.10.7.4).");
    return expect(PeerReply::ack,
        "expect ACK of what it has already, and no change: a SYN has no place here (challenge ACK, "
        "RFC 5961).",
        peer.acknowledged);
}

PeerExpectation onUnexpectedNumber(const Sent& sent, const PeerView& peer, Place place)
{
    const auto number = peer.expected ? peer.expected : peer.acknowledged;
    const bool keepAlive = place == Place::before && number && sent.dataLength <= 1
        && !sent.has(Bits::fin) && sent.begin() == *number - 1;
    if (keepAlive)
        return expect(PeerReply::ack,
            "expect ACK of what it has already: one number less is how a keep-alive asks (RFC "
            "9293, section 3.8.4).",
            number);
    if (place == Place::before)
        return expect(PeerReply::ack, "expect ACK: it has this already.", number);
    if (place == Place::beyondGap && sent.length > 0)
        return expect(PeerReply::ack,
            "expect a duplicate ACK of the number before the gap, with SACK where both SYNs "
            "offered it; it keeps the segment.",
            number);
    if (place == Place::beyondGap)
        return expect(PeerReply::none, "expect no answer: an ACK beyond a gap carries nothing.");
    if (peer.window == 0 && sent.length > 0)
        return expect(PeerReply::ack, "expect ACK with window 0: it takes nothing now.", number);
    return expect(PeerReply::ack,
        "expect ACK with the number that it waits for: this is outside its window.", number);
}

/// A bare ACK where the peer waits for it (RFC 9293, section 3.10.7.4, fifth check).
PeerExpectation onAck(const Sent& sent, const PeerView& peer)
{
    const bool ofFin = acknowledgesFin(sent, peer);
    switch (peer.state) {
    case State::synReceived:
        return expect(PeerReply::none, "expect no answer; it goes to ESTABLISHED.");
    case State::finWait1:
        if (ofFin)
            return expect(PeerReply::none, "expect no answer; it goes to FIN-WAIT-2.");
        break;
    case State::closing:
        if (ofFin)
            return expect(PeerReply::none, "expect no answer; it goes to TIME-WAIT.");
        break;
    case State::lastAck:
        if (ofFin)
            return expect(PeerReply::none, "expect no answer; it goes to CLOSED.");
        break;
    case State::timeWait:
        return expect(PeerReply::none, "expect no answer: it only waits for old segments to go.");
    default:
        break;
    }
    if (peer.state == State::established || peer.state == State::closeWait
        || peer.state == State::finWait2)
        return expect(PeerReply::none, "expect no answer: an ACK without data is not answered.");
    return expect(PeerReply::none | PeerReply::ack,
        "expect its FIN again in time, which this does not acknowledge.");
}

/// Data where the peer waits for it (seventh check).
PeerExpectation onData(const Sent& sent, const PeerView& peer)
{
    switch (peer.state) {
    case State::synReceived:
        return expect(
            PeerReply::ack, "expect ACK of the data; it goes to ESTABLISHED.", sent.end());
    case State::established:
        return expect(PeerReply::ack, "expect ACK of the data.", sent.end());
    case State::finWait1:
    case State::finWait2:
        return expect(PeerReply::ack | PeerReply::rst,
            "expect ACK of the data, or RST where its program reads no more (RFC 9293, section "
            "3.6.1).");
    case State::timeWait:
        return expect(PeerReply::none | PeerReply::ack,
            "expect ACK or nothing: after our FIN no data can follow.");
    default:
        return expect(PeerReply::none, "expect no answer: after our FIN it ignores data.");
    }
}

/// FIN where the peer waits for it (eighth check).
PeerExpectation onFin(const Sent& sent, const PeerView& peer)
{
    switch (peer.state) {
    case State::synReceived:
    case State::established:
        return expect(PeerReply::ack,
            "expect ACK of the FIN; it goes to CLOSE-WAIT, and sends FIN when its program closes.",
            sent.end());
    case State::finWait1:
        return acknowledgesFin(sent, peer)
            ? expect(PeerReply::ack, "expect ACK of the FIN; it goes to TIME-WAIT.", sent.end())
            : expect(PeerReply::ack, "expect ACK of the FIN; it goes to CLOSING.", sent.end());
    case State::finWait2:
        return expect(PeerReply::ack, "expect ACK of the FIN; it goes to TIME-WAIT.", sent.end());
    case State::timeWait:
        return expect(PeerReply::ack, "expect ACK of the FIN again; its TIME-WAIT begins anew.");
    default:
        return expect(PeerReply::none | PeerReply::ack,
            "expect ACK or nothing, and no change: it had our FIN already.");
    }
}

/// RFC 9293, section 3.10.7.4, in the order of its checks.
PeerExpectation inSynchronized(const Sent& sent, const PeerView& peer)
{
    const Place place = placeOf(sent, peer);
    if (sent.has(Bits::rst))
        return onReset(peer, place);
    if (sent.has(Bits::syn))
        return onSyn(sent, peer);
    if (place == Place::before || place == Place::outside)
        return onUnexpectedNumber(sent, peer, place);
    if (!sent.has(Bits::ack))
        return expect(PeerReply::none, "expect no answer: a segment without ACK is dropped.");
    if (peer.state == State::synReceived && !acknowledgesSyn(sent, peer))
        return expect(PeerReply::rst, "expect RST: this acknowledges something else than its SYN.");
    if (acknowledgesTheFuture(sent, peer))
        return expect(PeerReply::ack,
            "expect ACK, and no change: this acknowledges what it has not sent.",
            peer.acknowledged);
    if (place == Place::beyondGap)
        return onUnexpectedNumber(sent, peer, place);
    if (sent.has(Bits::fin))
        return onFin(sent, peer);
    return sent.dataLength > 0 ? onData(sent, peer) : onAck(sent, peer);
}

PeerExpectation expectIn(const Sent& sent, const PeerView& peer)
{
    switch (peer.state) {
    case State::closed:
        return inClosed(sent);
    case State::listen:
        return inListen(sent);
    case State::synSent:
        return inSynSent(sent, peer);
    default:
        return inSynchronized(sent, peer);
    }
}

} // namespace

std::optional<PeerView> peerOf(const Packet& sent, const ConnectionInfo& connection)
{
    const auto sides = sidesOfSent(sent, connection);
    const auto* tcp = sent.find<TcpHeader>();
    if (!sides || !tcp)
        return {};
    const bool opensAnother = tcp->controlBits.has(Bits::syn) && !tcp->controlBits.has(Bits::ack)
        && sides->peer.state == State::closed;
    if (opensAnother)
        return {};
    PeerView peer;
    peer.state = sides->peer.state;
    peer.acknowledged = sides->ours.acknowledged;
    peer.expected = sides->ours.nextSequenceNumber;
    peer.initial = sides->peer.initialSequenceNumber;
    peer.next = sides->peer.nextSequenceNumber;
    peer.window = sides->peer.window;
    return peer;
}

PeerExpectation expectFromPeer(const Packet& sent, const PeerView& peer)
{
    const auto segment = findSegment(sent);
    if (!segment || !segment->headerWhole || segment->fragment || peer.state == State::unknown)
        return {};
    const Sent what{std::get<TcpHeader>(sent.layers[segment->tcp]), sequenceLength(sent, *segment),
        segment->dataLength};
    PeerExpectation expectation = expectIn(what, peer);
    expectation.text
        = std::string("The peer is in ") + tcpStateName(peer.state) + ": " + expectation.text;
    return expectation;
}

unsigned peerReplyOf(const Packet& packet)
{
    const auto segment = findSegment(packet);
    if (!segment)
        return PeerReply::other;
    const ControlBits bits = std::get<TcpHeader>(packet.layers[segment->tcp]).controlBits;
    if (bits.has(Bits::rst))
        return PeerReply::rst;
    if (bits.has(Bits::syn | Bits::ack))
        return PeerReply::synAck;
    return bits.has(Bits::ack) && !bits.has(Bits::syn) ? PeerReply::ack : PeerReply::other;
}

} // namespace tcpw
