// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"
#include "packet/tcpoptions.h"

#include <QString>

/// Packets and small makers that the tests of the codec share.
namespace tcpw::samples {

inline QString text(const std::string& from)
{
    return QString::fromStdString(from);
}

inline Bytes bytes(const char* hex)
{
    return *fromHex(hex);
}

inline EthernetHeader ethernet()
{
    return {*parseMac("0a:00:00:00:00:02"), *parseMac("0a:00:00:00:00:01"), std::nullopt};
}

inline Ipv4Header ipv4()
{
    Ipv4Header header;
    header.source = *parseIpv4("192.168.56.101");
    header.destination = *parseIpv4("192.168.56.102");
    return header;
}

inline Ipv6Header ipv6()
{
    Ipv6Header header;
    header.source = *parseIpv6("fd00:56::101");
    header.destination = *parseIpv6("fd00:56::102");
    return header;
}

inline TcpHeader tcp(std::uint16_t controlBits = ControlBits::syn)
{
    TcpHeader header;
    header.sourcePort = 40001;
    header.destinationPort = 8081;
    header.sequenceNumber = 0x3a7f21c0;
    header.controlBits.value = controlBits;
    return header;
}

inline TcpHeader tcpWith(std::vector<Option> options, std::uint16_t controlBits = ControlBits::syn)
{
    TcpHeader header = tcp(controlBits);
    header.options.list = std::move(options);
    return header;
}

inline UdpHeader udp()
{
    UdpHeader header;
    header.sourcePort = 40001;
    header.destinationPort = 53;
    return header;
}

inline Packet packet(std::vector<Layer> layers, LinkType linkType = LinkType::ethernet)
{
    return {linkType, std::move(layers)};
}

inline Packet syn()
{
    return packet({ethernet(), ipv4(), tcp()});
}

inline Packet data(const char* payload = "hello")
{
    const std::string_view view(payload);
    return packet({ethernet(), ipv4(), tcp(ControlBits::ack | ControlBits::psh),
        Payload{Bytes(view.begin(), view.end())}});
}

/// The packet that its bytes read as.
inline Packet again(const Packet& from)
{
    return decode(encode(from), from.linkType);
}

/// The link types that are decoded, and one that is not.
inline const LinkType linkTypes[]
    = {LinkType::ethernet, LinkType::linuxCooked, LinkType::linuxCooked2, LinkType::raw,
        LinkType::ipv4, LinkType::ipv6, LinkType::null, LinkType::loop, LinkType(105)};

/// The names of the layers, joined by spaces: "ethernet ipv4 tcp payload".
QString layerNames(const Packet& packet);

} // namespace tcpw::samples
