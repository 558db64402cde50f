// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/computed.h"

namespace tcpw {

namespace {

constexpr std::uint8_t authenticationHeader = IpProtocol::authentication;

} // namespace

std::uint8_t automaticProtocol(const Layer* next)
{
    if (!next)
        return 0;
    if (std::holds_alternative<TcpHeader>(*next))
        return IpProtocol::tcp;
    if (std::holds_alternative<UdpHeader>(*next))
        return IpProtocol::udp;
    if (const auto* icmp = std::get_if<IcmpHeader>(next))
        return icmp->version6 ? IpProtocol::icmpv6 : IpProtocol::icmp;
    if (const auto* extension = std::get_if<Ipv6Extension>(next))
        return extension->type;
    if (std::holds_alternative<Ipv6Fragment>(*next))
        return IpProtocol::fragment;
    if (std::holds_alternative<Ipv4Header>(*next))
        return IpProtocol::ipv4;
    if (std::holds_alternative<Ipv6Header>(*next))
        return IpProtocol::ipv6;
    return 0;
}

std::uint8_t automaticNextHeader(const Layer* next)
{
    if (const auto* extension = next ? std::get_if<Ipv6Extension>(next) : nullptr)
        return extension->type;
    const std::uint8_t protocol = automaticProtocol(next);
    return protocol == 0 ? IpProtocol::noNextHeader : protocol;
}

std::uint8_t automaticExtensionLength(const Ipv6Extension& extension)
{
    const std::size_t unit = extension.type == authenticationHeader ? 4 : 8;
    const std::size_t uncounted = extension.type == authenticationHeader ? 2 : 1;
    const std::size_t units = (2 + extension.body.size() + unit - 1) / unit;
    return static_cast<std::uint8_t>(
        std::min<std::size_t>(std::max(units, uncounted) - uncounted, 255));
}

std::size_t announcedSize(const Ipv6Extension& extension)
{
    const std::size_t length = extension.length.value_or(automaticExtensionLength(extension));
    return extension.type == authenticationHeader ? (length + 2) * 4 : (length + 1) * 8;
}

} // namespace tcpw
