// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/optionnames.h"

#include "packet/tcpoptions.h"

namespace tcpw {

namespace {

struct OptionName
{
    std::uint8_t kind;
    std::string_view name;
};

constexpr OptionName names[] = {
    {TcpOptionKind::endOfList, "end"},
    {TcpOptionKind::noOperation, "nop"},
    {TcpOptionKind::maximumSegmentSize, "mss"},
    {TcpOptionKind::windowScale, "window-scale"},
    {TcpOptionKind::sackPermitted, "sack-permitted"},
    {TcpOptionKind::sack, "sack"},
    {TcpOptionKind::timestamps, "timestamps"},
    {TcpOptionKind::md5Signature, "md5"},
    {TcpOptionKind::userTimeout, "user-timeout"},
    {TcpOptionKind::authentication, "ao"},
    {TcpOptionKind::fastOpenCookie, "fast-open"},
};

bool isShared(std::uint8_t kind)
{
    return kind <= TcpOptionKind::noOperation;
}

} // namespace

std::string tcpOptionName(std::uint8_t kind)
{
    for (const OptionName& name : names)
        if (name.kind == kind)
            return std::string(name.name);
    return "kind-" + std::to_string(kind);
}

bool hasTcpOptionName(std::uint8_t kind)
{
    for (const OptionName& name : names)
        if (name.kind == kind)
            return true;
    return false;
}

std::optional<std::uint8_t> findOptionKind(std::string_view wanted, bool tcpNames)
{
    for (const OptionName& name : names)
        if (name.name == wanted && (tcpNames || isShared(name.kind)))
            return name.kind;
    return std::nullopt;
}

std::string optionNames(bool tcpNames)
{
    std::string text;
    for (const OptionName& name : names)
        if (tcpNames || isShared(name.kind))
            text += std::string(name.name) + ", ";
    return text + "kind-N and tail";
}

} // namespace tcpw
