// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/answer.h"

#include "connection/answernumbers.h"
#include "packet/tcpoptions.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tcpw {

namespace {

constexpr std::uint16_t ourWindow = 64240; // bytes, as Linux offers at first
constexpr std::uint16_t largestWindow = 65535;
constexpr std::uint16_t mssOverIpv4 = 1460; // an Ethernet MTU of 1500 less 20 and 20
constexpr std::uint16_t mssOverIpv6 = 1440; // less 40 and 20

/// Milliseconds of a clock that never goes back, for a first TSval (RFC 7323, section 5.4).
std::uint32_t clockMilliseconds()
{
    using namespace std::chrono;
    const auto now = steady_clock::now().time_since_epoch();
    return static_cast<std::uint32_t>(duration_cast<milliseconds>(now).count());
}

/// Echoes the peer's clock. Ours goes on from what the peer echoed last, since whoever sent before
/// us, by hand or by kernel, had a clock of its own (RFC 7323, section 3.2).
std::optional<Option> echoedTimestamps(const TcpHeader& received)
{
    const auto theirs = findTimestamps(received.options);
    if (!theirs)
        return {};
    const bool echoMeansSomething
        = received.controlBits.has(ControlBits::ack) && theirs->echoReply != 0;
    const std::uint32_t value = echoMeansSomething ? theirs->echoReply + 1 : clockMilliseconds();
    return tcpOption::timestamps({value, theirs->value});
}

void appendPadded(Options& options, Option option)
{
    options.list.push_back(tcpOption::noOperation());
    options.list.push_back(tcpOption::noOperation());
    options.list.push_back(std::move(option));
}

Options optionsFor(const TcpHeader& received, AnswerKind kind, std::uint16_t mss,
    const std::optional<SackBlock>& block)
{
    Options options;
    if (kind == AnswerKind::rst)
        return options;
    if (kind == AnswerKind::synAck)
        options.list.push_back(tcpOption::maximumSegmentSize(mss));
    if (auto timestamps = echoedTimestamps(received))
        appendPadded(options, std::move(*timestamps));
    if (block)
        appendPadded(options, tcpOption::sack({*block}));
    return options;
}

std::uint16_t bitsOf(AnswerKind kind)
{
    switch (kind) {
    case AnswerKind::ack:
    case AnswerKind::sack:
    case AnswerKind::windowUpdate:
    case AnswerKind::keepAlive:
        return ControlBits::ack;
    case AnswerKind::data:
        return ControlBits::psh | ControlBits::ack;
    case AnswerKind::finAck:
        return ControlBits::fin | ControlBits::ack;
    case AnswerKind::rst:
        return ControlBits::rst;
    case AnswerKind::synAck:
        return ControlBits::syn | ControlBits::ack;
    }
    return 0;
}

std::uint16_t windowOf(AnswerKind kind)
{
    if (kind == AnswerKind::rst)
        return 0;
    return kind == AnswerKind::windowUpdate ? largestWindow : ourWindow;
}

TcpHeader answeringHeader(
    const Packet& packet, const Segment& segment, AnswerKind kind, const AnswerNumbers& numbers)
{
    const auto& received = std::get<TcpHeader>(packet.layers[segment.tcp]);
    TcpHeader tcp;
    tcp.sourcePort = received.destinationPort;
    tcp.destinationPort = received.sourcePort;
    tcp.controlBits.value = bitsOf(kind);
    tcp.sequenceNumber = numbers.sequence;
    if (numbers.acknowledgment) {
        tcp.controlBits.value |= ControlBits::ack;
        tcp.acknowledgmentNumber = *numbers.acknowledgment;
    }
    tcp.window = windowOf(kind);
    const bool overIpv4 = std::holds_alternative<Ipv4Header>(packet.layers[segment.ip]);
    tcp.options = optionsFor(received, kind, overIpv4 ? mssOverIpv4 : mssOverIpv6, numbers.block);
    return tcp;
}

/// An announced type stays where it says which kind of tag follows (0x88a8, IEEE 802.1ad).
std::optional<std::uint16_t> tagType(std::optional<std::uint16_t> etherType, const Layer* next)
{
    return next && std::holds_alternative<VlanTag>(*next) ? etherType : std::nullopt;
}

/// The layer that carries an answer where `layer` carried what is answered, ends swapped; empty for
/// extension headers, which say something about the way here.
std::optional<Layer> answeringLayer(const Layer& layer, const Layer* next)
{
    if (const auto* ethernet = std::get_if<EthernetHeader>(&layer))
        return EthernetHeader{
            ethernet->source, ethernet->destination, tagType(ethernet->etherType, next)};
    if (const auto* vlan = std::get_if<VlanTag>(&layer)) {
        VlanTag tag = *vlan;
        tag.etherType = tagType(vlan->etherType, next);
        return tag;
    }
    if (std::holds_alternative<LoopbackHeader>(layer))
        return layer;
    if (const auto* received4 = std::get_if<Ipv4Header>(&layer)) {
        Ipv4Header ipv4;
        ipv4.source = received4->destination;
        ipv4.destination = received4->source;
        return ipv4;
    }
    if (const auto* received6 = std::get_if<Ipv6Header>(&layer)) {
        Ipv6Header ipv6;
        ipv6.source = received6->destination;
        ipv6.destination = received6->source;
        return ipv6;
    }
    return {};
}

bool isCooked(const Layer& layer)
{
    return std::holds_alternative<LinuxCookedHeader>(layer)
        || std::holds_alternative<LinuxCooked2Header>(layer);
}

std::string obstacle(const Packet& received, const std::optional<Segment>& segment, AnswerKind kind)
{
    if (!segment)
        return "This packet holds no whole TCP header, so there is nothing to answer.";
    if (!segment->headerWhole)
        return "The data offset of this segment does not fit its header, so where its data begins "
               "is not known and nothing can be acknowledged.";
    if (segment->fragment)
        return "This packet is a fragment: how long its segment is cannot be seen, so it cannot be "
               "acknowledged.";
    if (std::ranges::any_of(received.layers, isCooked))
        return "This packet was captured on several devices at once (Linux cooked capture), which "
               "keeps no destination MAC address: capture on one device to answer it.";
    const auto& tcp = std::get<TcpHeader>(received.layers[segment->tcp]);
    if (kind == AnswerKind::rst && tcp.controlBits.has(ControlBits::rst))
        return "A RST is never answered with a RST (RFC 9293, section 3.10.7.1).";
    return {};
}

} // namespace

std::string answerObstacle(const Packet& received, AnswerKind kind)
{
    return obstacle(received, findSegment(received), kind);
}

std::optional<AnswerKind> usualAnswer(const Packet& received)
{
    const auto segment = findSegment(received);
    if (!segment || !obstacle(received, segment, AnswerKind::ack).empty())
        return {};
    const ControlBits bits = std::get<TcpHeader>(received.layers[segment->tcp]).controlBits;
    if (bits.has(ControlBits::rst))
        return {};
    const bool opens = bits.has(ControlBits::syn) && !bits.has(ControlBits::ack);
    return opens ? AnswerKind::synAck : AnswerKind::ack;
}

Result<Packet> answer(
    const Packet& received, AnswerKind kind, ByteView data, const AnswerContext& context)
{
    const auto segment = findSegment(received);
    if (const std::string why = obstacle(received, segment, kind); !why.empty())
        return failure(why);
    const auto numbers = answerNumbers(received, *segment, kind, context);
    if (!numbers)
        return tl::unexpected<Error>(numbers.error());

    Packet packet;
    packet.linkType = received.linkType;
    for (std::size_t i = 0; i < segment->tcp; ++i)
        if (auto layer = answeringLayer(received.layers[i], &received.layers[i + 1]))
            packet.layers.push_back(std::move(*layer));
    packet.layers.push_back(answeringHeader(received, *segment, kind, *numbers));
    if (kind == AnswerKind::data && !data.empty())
        packet.layers.push_back(Payload{Bytes(data.begin(), data.end())});
    return packet;
}

} // namespace tcpw
