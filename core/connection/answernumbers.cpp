// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/answernumbers.h"

#include "connection/sequence.h"

namespace tcpw {

namespace {

struct Number
{
    std::uint32_t value = 0;
    std::string from;
};

/// What in a segment takes sequence numbers: "the peer's 5 bytes of data count and its FIN counts
/// one".
std::string countedWords(const TcpHeader& received, std::uint32_t dataLength)
{
    std::string words;
    const auto add = [&](const std::string& part) {
        words += (words.empty() ? "the peer's " : " and its ") + part;
    };
    if (received.controlBits.has(ControlBits::syn))
        add("SYN counts one");
    if (dataLength == 1)
        add("one byte of data counts");
    else if (dataLength > 1)
        add(std::to_string(dataLength) + " bytes of data count");
    if (received.controlBits.has(ControlBits::fin))
        add("FIN counts one");
    return words.empty() ? "the peer's next byte, since this segment takes no number" : words;
}

/// What follows the received segment; or, where it is an old one, what we acknowledged since.
Number acknowledgmentOf(const TcpHeader& received, std::uint32_t dataLength,
    std::uint32_t afterReceived, const AnswerContext& context)
{
    if (context.ourAcknowledgment && comesBefore(afterReceived, *context.ourAcknowledgment))
        return {*context.ourAcknowledgment, "we acknowledged that much already"};
    return {afterReceived, countedWords(received, dataLength)};
}

/// What we send next (SND.NXT).
Number nextOf(const TcpHeader& received, const AnswerContext& context)
{
    const bool acknowledges = received.controlBits.has(ControlBits::ack);
    const std::uint32_t acknowledged = received.acknowledgmentNumber;
    if (context.ourNext && (!acknowledges || comesBefore(acknowledged, *context.ourNext)))
        return {*context.ourNext, "it follows what we sent last"};
    if (acknowledges)
        return {acknowledged, "what the peer acknowledged"};
    return {context.initialSequenceNumber, "our initial sequence number, chosen anew"};
}

/// Our SYN again, also when both ends opened at once (RFC 9293, section 3.5), has its first number.
Number ownSyn(const TcpHeader& received, const AnswerContext& context)
{
    if (context.ourInitial)
        return {*context.ourInitial, "that of our SYN, again"};
    if (received.controlBits.has(ControlBits::ack))
        return {received.acknowledgmentNumber - 1,
            "that of our SYN, one before what the peer "
            "acknowledged"};
    return {context.initialSequenceNumber, "our initial sequence number, chosen anew"};
}

Number sequenceOf(const TcpHeader& received, AnswerKind kind, const AnswerContext& context)
{
    if (kind == AnswerKind::synAck)
        return ownSyn(received, context);
    if (kind == AnswerKind::finAck && context.finSent && context.ourNext)
        return {*context.ourNext - 1, "that of our FIN, again"};
    Number next = nextOf(received, context);
    if (kind == AnswerKind::keepAlive)
        return {next.value - 1, "one less than what we send next, so that the peer must answer"};
    return next;
}

/// Tells whether the peer speaks of this connection of ours, and not of an earlier one.
bool acknowledgesOurs(std::uint32_t acknowledged, const AnswerContext& context)
{
    return context.ourNext && isAtOrBefore(acknowledged, *context.ourNext)
        && (!context.ourInitial || comesBefore(*context.ourInitial, acknowledged));
}

/// RFC 9293, section 3.10.7.1: a RST takes its number from the acknowledgment, or acknowledges;
/// where the connection is known, section 3.10.5: it has the number that we send next.
AnswerNumbers resetNumbers(
    const TcpHeader& received, const Number& acknowledgment, const AnswerContext& context)
{
    AnswerNumbers numbers;
    if (received.controlBits.has(ControlBits::ack)) {
        const std::uint32_t acknowledged = received.acknowledgmentNumber;
        const Number next = acknowledgesOurs(acknowledged, context)
            ? nextOf(received, context)
            : Number{acknowledged, "what the peer acknowledged"};
        numbers.sequence = next.value;
        numbers.sequenceFrom = next.from;
        return numbers;
    }
    numbers.sequence = context.ourNext.value_or(0);
    numbers.sequenceFrom = context.ourNext ? "it follows what we sent last"
                                           : "the peer acknowledged nothing that would tell one";
    numbers.acknowledgment = acknowledgment.value;
    numbers.acknowledgmentFrom = acknowledgment.from;
    return numbers;
}

/// The block of what came beyond a gap (RFC 2018, section 4) or came twice (RFC 2883, section 4).
Result<void> setBlock(AnswerNumbers& numbers, SackBlock block, const AnswerContext& context)
{
    if (block.leftEdge == block.rightEdge)
        return failure("This segment carries nothing, so a SACK has nothing to tell of it.");
    if (!context.ourAcknowledgment)
        return failure("What we acknowledged last is not known, so there is no gap before this "
                       "segment that a SACK could tell of: acknowledge an earlier one first.");
    const std::uint32_t acknowledged = *context.ourAcknowledgment;
    const bool again = isAtOrBefore(block.rightEdge, acknowledged);
    if (!again && !comesBefore(acknowledged, block.leftEdge))
        return failure("There is no gap before this segment: answer it with ACK.");
    numbers.acknowledgment = acknowledged;
    numbers.acknowledgmentFrom
        = again ? "we acknowledged that much already" : "the first number that is missing";
    numbers.block = block;
    return {};
}

} // namespace

std::uint32_t sequenceLength(const Packet& packet, const Segment& segment)
{
    const ControlBits bits = std::get<TcpHeader>(packet.layers[segment.tcp]).controlBits;
    return segment.dataLength + (bits.has(ControlBits::syn) ? 1u : 0u)
        + (bits.has(ControlBits::fin) ? 1u : 0u);
}

Result<AnswerNumbers> answerNumbers(
    const Packet& packet, const Segment& segment, AnswerKind kind, const AnswerContext& context)
{
    const auto& received = std::get<TcpHeader>(packet.layers[segment.tcp]);
    const std::uint32_t begin = received.sequenceNumber;
    const std::uint32_t end = begin + sequenceLength(packet, segment);
    const Number acknowledgment = acknowledgmentOf(received, segment.dataLength, end, context);
    if (kind == AnswerKind::rst)
        return resetNumbers(received, acknowledgment, context);

    const Number sequence = sequenceOf(received, kind, context);
    AnswerNumbers numbers{
        sequence.value, sequence.from, acknowledgment.value, acknowledgment.from, {}};
    if (kind == AnswerKind::sack)
        if (const auto set = setBlock(numbers, {begin, end}, context); !set)
            return tl::unexpected<Error>(set.error());
    return numbers;
}

} // namespace tcpw
