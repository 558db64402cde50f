// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytereader.h"
#include "packet/optionnames.h"
#include "packet/tcpoptions.h"

namespace tcpw {

namespace {

/// The bytes as they are, with the length byte that stands before them: "mss/3=05".
std::string rawText(const std::string& name, const Option& option)
{
    return name + '/' + std::to_string(writtenLength(option)) + '=' + toHex(option.data.view());
}

std::string sackText(const std::vector<SackBlock>& blocks)
{
    std::string text;
    for (const SackBlock& block : blocks) {
        if (!text.empty())
            text += '+';
        text += std::to_string(block.leftEdge) + '-' + std::to_string(block.rightEdge);
    }
    return text;
}

std::string userTimeoutText(const Option& option)
{
    const std::uint16_t value = ByteReader(option.data.view()).u16();
    return std::to_string(value & 0x7fff) + ((value & 0x8000) != 0 ? 'm' : 's');
}

std::string authenticationText(const Option& option)
{
    return std::to_string(option.data[0]) + ':' + std::to_string(option.data[1]) + ':'
        + toHex(option.data.view().subspan(2));
}

/// What stands behind the name of a well-formed option of a known kind, '=' included.
std::string valueText(const Option& option)
{
    switch (option.kind) {
    case TcpOptionKind::maximumSegmentSize:
        return '=' + std::to_string(*maximumSegmentSize(option));
    case TcpOptionKind::windowScale:
        return '=' + std::to_string(*windowScale(option));
    case TcpOptionKind::sack:
        return '=' + sackText(*sackBlocks(option));
    case TcpOptionKind::timestamps: {
        const Timestamps values = *timestamps(option);
        return '=' + std::to_string(values.value) + ':' + std::to_string(values.echoReply);
    }
    case TcpOptionKind::userTimeout:
        return '=' + userTimeoutText(option);
    case TcpOptionKind::authentication:
        return '=' + authenticationText(option);
    case TcpOptionKind::md5Signature:
    case TcpOptionKind::fastOpenCookie:
        return '=' + toHex(option.data.view());
    }
    return {};
}

std::string tcpOptionText(const Option& option)
{
    const std::string name = tcpOptionName(option.kind);
    if (hasTcpOptionName(option.kind))
        return isWellFormed(option) ? name + valueText(option) : rawText(name, option);
    return hasTrueLength(option) ? name + '=' + toHex(option.data.view()) : rawText(name, option);
}

std::string ipv4OptionText(const Option& option)
{
    if (option.kind <= TcpOptionKind::noOperation)
        return tcpOptionName(option.kind);
    const std::string name = "kind-" + std::to_string(option.kind);
    return hasTrueLength(option) ? name + '=' + toHex(option.data.view()) : rawText(name, option);
}

std::string joined(const Options& options, std::string (*textOf)(const Option&))
{
    std::string text;
    for (const Option& option : options.list) {
        if (!text.empty())
            text += ',';
        text += textOf(option);
    }
    if (hasAutomaticTail(options))
        return text;
    return text + (text.empty() ? "tail=" : ",tail=") + toHex(*options.tail);
}

} // namespace

std::string toText(const Options& tcpOptions)
{
    return joined(tcpOptions, tcpOptionText);
}

std::string ipv4OptionsToText(const Options& options)
{
    return joined(options, ipv4OptionText);
}

} // namespace tcpw
