// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"
#include "packet/tcpoptions.h"

#include <QString>

namespace tcpw {

inline const MacAddress peerMac{{2, 0, 0, 0, 0, 2}};
inline const MacAddress ourMac{{2, 0, 0, 0, 0, 1}};
inline constexpr Ipv4Address peer4{0x0a000002};
inline constexpr Ipv4Address our4{0x0a000001};
inline constexpr Ipv6Address peer6{{0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}};
inline constexpr Ipv6Address our6{{0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

/// A segment from port 8081 of the peer to our port 40000.
inline TcpHeader peerSegment(
    std::uint16_t bits, std::uint32_t sequence, std::uint32_t acknowledgment)
{
    TcpHeader tcp;
    tcp.sourcePort = 8081;
    tcp.destinationPort = 40000;
    tcp.controlBits.value = bits;
    tcp.sequenceNumber = sequence;
    tcp.acknowledgmentNumber = acknowledgment;
    return tcp;
}

inline Ipv4Header peerIpv4()
{
    Ipv4Header ip;
    ip.source = peer4;
    ip.destination = our4;
    return ip;
}

inline Ipv6Header peerIpv6()
{
    Ipv6Header ip;
    ip.source = peer6;
    ip.destination = our6;
    return ip;
}

/// What the peer sent, as a capture gives it: encoded, then decoded.
inline Packet captured(std::vector<Layer> layers, LinkType linkType = LinkType::ethernet)
{
    return decode(encode(Packet{linkType, std::move(layers)}), linkType);
}

inline Packet overIpv4(const TcpHeader& tcp, Bytes data = {})
{
    std::vector<Layer> layers{EthernetHeader{ourMac, peerMac, {}}, peerIpv4(), tcp};
    if (!data.empty())
        layers.push_back(Payload{std::move(data)});
    return captured(std::move(layers));
}

inline QString text(const std::string& string)
{
    return QString::fromStdString(string);
}

} // namespace tcpw
