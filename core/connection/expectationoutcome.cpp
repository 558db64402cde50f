// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/expectationoutcome.h"

#include "connection/segment.h"
#include "connection/sequence.h"

namespace tcpw {

namespace {

/// "ACK or RST"
std::string namesOf(unsigned replies)
{
    std::string names;
    const auto add = [&](unsigned reply, const char* name) {
        if ((replies & reply) != 0)
            names += (names.empty() ? "" : " or ") + std::string(name);
    };
    add(PeerReply::synAck, "SYN,ACK");
    add(PeerReply::ack, "ACK");
    add(PeerReply::rst, "RST");
    add(PeerReply::none, "no answer");
    return names;
}

/// "ACK with data", "FIN,ACK", as the reply calls itself.
std::string nameOf(const TcpHeader& tcp, std::uint32_t dataLength)
{
    const std::string bits = toText(tcp.controlBits);
    return dataLength > 0 ? bits + " with data" : bits;
}

std::string surprise(unsigned reply)
{
    switch (reply) {
    case PeerReply::rst:
        return ": it refuses, or knows no such connection";
    case PeerReply::synAck:
        return ": it has not got an ACK of its SYN yet";
    default:
        return "";
    }
}

std::string onSilence(const PeerExpectation& expectation)
{
    if ((expectation.replies & PeerReply::none) != 0)
        return "As expected: no answer came.";
    return "Not as expected: no answer came, and " + namesOf(expectation.replies)
        + " was expected. The segment or its answer is lost or filtered, or nobody is there.";
}

} // namespace

std::string expectationMet(const PeerExpectation& expectation, const std::optional<Packet>& reply)
{
    if (expectation.replies == 0)
        return {};
    if (!reply)
        return onSilence(expectation);
    const auto segment = findSegment(*reply);
    if (!segment)
        return "Not as expected: what came is no TCP segment; " + namesOf(expectation.replies)
            + " was expected.";
    const auto& tcp = std::get<TcpHeader>(reply->layers[segment->tcp]);
    const unsigned kind = peerReplyOf(*reply);
    const std::string name = nameOf(tcp, segment->dataLength);
    const bool ofItsOwn = segment->dataLength > 0 || tcp.controlBits.has(ControlBits::fin);
    if (expectation.replies == PeerReply::none && kind == PeerReply::ack && ofItsOwn)
        return "As expected: no answer; the " + name + " that came is the peer's own doing.";
    if ((expectation.replies & kind) == 0)
        return "Not as expected: " + name + " came, and " + namesOf(expectation.replies)
            + " was expected" + surprise(kind) + ".";
    const bool counts = kind == PeerReply::ack || kind == PeerReply::synAck;
    if (counts && expectation.acknowledgment
        && comesBefore(tcp.acknowledgmentNumber, *expectation.acknowledgment))
        return "Only in part as expected: " + name + " came, but its acknowledgment number is "
            + std::to_string(*expectation.acknowledgment - tcp.acknowledgmentNumber)
            + " less than expected.";
    return "As expected: " + name + " came.";
}

} // namespace tcpw
