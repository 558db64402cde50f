// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/summary.h"
#include "packet/tcpoptions.h"

namespace tcpw {

namespace {

using C = ControlBits;

/// The main thing that the segment does, by its control bits.
std::string mainPoint(const Summary& summary)
{
    const C bits = summary.controlBits;
    const bool ack = bits.has(C::ack);
    const bool data = summary.payloadLength > 0;
    if (bits.has(C::syn | C::fin) || bits.has(C::syn | C::rst))
        return "contradicts itself: "
            + toText(C{static_cast<std::uint16_t>(bits.value & (C::syn | C::fin | C::rst))});
    if (bits.has(C::syn))
        return ack ? "accepts the connection" : "asks for a connection";
    // A RST that answers a SYN has no sequence number to continue (RFC 9293, section 3.10.7.1).
    if (bits.has(C::rst))
        return ack && summary.sequenceNumber == 0 ? "refuses the connection"
                                                  : "breaks off the connection";
    if (bits.has(C::fin))
        return data ? "sends its last data and closes" : "closes: no more data from here";
    if (data)
        return bits.has(C::psh) ? "sends data, to be handed up at once" : "sends data";
    return ack ? "acknowledges" : "neither opens, closes nor acknowledges";
}

std::string synPoints(const Summary& summary)
{
    std::string text;
    for (const Option& option : summary.options.list) {
        if (const auto size = maximumSegmentSize(option))
            text += ", MSS " + std::to_string(*size);
        else if (const auto shift = windowScale(option))
            text += ", window scale " + std::to_string(*shift);
        else if (option.kind == TcpOptionKind::fastOpenCookie)
            text += option.data.empty() ? ", asks for a fast open cookie" : ", fast open";
    }
    if (summary.payloadLength > 0)
        text += ", with data";
    if (!summary.controlBits.has(C::ack) && summary.controlBits.has(C::ece | C::cwr))
        text += ", offers congestion notification";
    return text;
}

std::string furtherPoints(const Summary& summary)
{
    std::string text;
    const C bits = summary.controlBits;
    if (!bits.has(C::rst) && !bits.has(C::syn) && summary.window == 0)
        text += ", window closed";
    for (const Option& option : summary.options.list)
        if (const auto blocks = sackBlocks(option))
            text += ", has " + std::to_string(blocks->size())
                + (blocks->size() == 1 ? " block" : " blocks") + " beyond a gap";
    if (bits.has(C::urg))
        text += ", urgent data";
    if (summary.checksum == ChecksumState::bad)
        text += ", checksum wrong";
    return text;
}

} // namespace

std::string describeTcp(const Summary& summary)
{
    if (!summary.headerWhole)
        return "header length cannot be right; options and data not decoded";
    const bool syn = summary.controlBits.has(C::syn);
    return mainPoint(summary) + (syn ? synPoints(summary) : "") + furtherPoints(summary);
}

} // namespace tcpw
