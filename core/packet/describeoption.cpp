// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytereader.h"
#include "packet/tcpoptions.h"
#include "packet/words.h"

#include <algorithm>

namespace tcpw {

namespace {

/// The kind in words; empty for one that is not in the registry.
std::string kindWords(std::uint8_t kind)
{
    switch (kind) {
    case TcpOptionKind::endOfList:
        return "end of the option list";
    case TcpOptionKind::noOperation:
        return "no operation";
    case TcpOptionKind::maximumSegmentSize:
        return "maximum segment size";
    case TcpOptionKind::windowScale:
        return "window scale";
    case TcpOptionKind::sackPermitted:
        return "selective acknowledgment permitted";
    case TcpOptionKind::sack:
        return "selective acknowledgment";
    case TcpOptionKind::timestamps:
        return "timestamps";
    case TcpOptionKind::md5Signature:
        return "MD5 signature";
    case TcpOptionKind::userTimeout:
        return "user timeout";
    case TcpOptionKind::authentication:
        return "authentication (TCP-AO)";
    case TcpOptionKind::fastOpenCookie:
        return "fast open cookie";
    case 30:
        return "multipath TCP";
    case 69:
        return "encryption negotiation";
    case 253:
    case 254:
        return "experiment of kind " + std::to_string(kind);
    }
    return {};
}

std::string windowScaleWords(std::uint8_t shift)
{
    constexpr std::uint8_t largest = 14; // RFC 7323, section 2.3
    const std::string factor = std::to_string(1u << std::min(shift, largest));
    return "window scale " + std::to_string(shift)
        + (shift > largest ? ", more than 14 and taken as 14" : "") + ": times " + factor;
}

std::string sackWords(const std::vector<SackBlock>& blocks)
{
    std::string text = "selective acknowledgment of";
    for (std::size_t i = 0; i < blocks.size(); ++i)
        text += (i == 0 ? " " : ", ") + std::to_string(blocks[i].leftEdge) + " to "
            + std::to_string(blocks[i].rightEdge);
    return text;
}

std::string userTimeoutWords(const Option& option)
{
    const std::uint16_t value = ByteReader(option.data.view()).u16();
    return "user timeout " + countOf(value & 0x7fff, (value & 0x8000) != 0 ? "minute" : "second");
}

std::string malformedWords(const Option& option)
{
    const std::size_t length = writtenLength(option);
    std::string name = kindWords(option.kind);
    if (name.empty())
        name = "option of kind " + std::to_string(option.kind);
    const std::string text = name + " with length " + std::to_string(length);
    if (length < 2)
        return text + ": it cannot be less than 2";
    if (!hasTrueLength(option))
        return text + ", but " + areThere(2 + option.data.size());
    return text + ", which its RFC does not allow";
}

std::string unknownWords(const Option& option)
{
    const std::string name = kindWords(option.kind);
    return (name.empty() ? "option of kind " + std::to_string(option.kind) : name) + ", "
        + countOf(option.data.size(), "byte") + " of data";
}

} // namespace

std::string describeTcpOption(const Option& option)
{
    if (!isWellFormed(option))
        return malformedWords(option);
    switch (option.kind) {
    case TcpOptionKind::endOfList:
    case TcpOptionKind::noOperation:
    case TcpOptionKind::sackPermitted:
        return kindWords(option.kind);
    case TcpOptionKind::maximumSegmentSize:
        return "maximum segment size " + countOf(*maximumSegmentSize(option), "byte");
    case TcpOptionKind::windowScale:
        return windowScaleWords(*windowScale(option));
    case TcpOptionKind::sack:
        return sackWords(*sackBlocks(option));
    case TcpOptionKind::timestamps: {
        const Timestamps values = *timestamps(option);
        return "timestamps: value " + std::to_string(values.value) + ", echo reply "
            + std::to_string(values.echoReply);
    }
    case TcpOptionKind::md5Signature:
        return "MD5 signature " + toHex(option.data.view());
    case TcpOptionKind::userTimeout:
        return userTimeoutWords(option);
    case TcpOptionKind::authentication:
        return "authentication (TCP-AO): key " + std::to_string(option.data[0]) + ", next key "
            + std::to_string(option.data[1]) + ", code of "
            + countOf(option.data.size() - 2, "byte");
    case TcpOptionKind::fastOpenCookie:
        return option.data.empty() ? "fast open cookie request"
                                   : "fast open cookie " + toHex(option.data.view());
    }
    return unknownWords(option);
}

} // namespace tcpw
