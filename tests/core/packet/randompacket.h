// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <random>

namespace tcpw::samples {

/// Makes packets that every RFC allows, every computed field automatic; the same ones for the same
/// seed.
class RandomPacket
{
public:
    explicit RandomPacket(unsigned seed)
        : m_random(seed)
    {
    }

    /// A packet for this link type: IPv4 or IPv6 with TCP, UDP or ICMP, or ARP.
    Packet next(LinkType linkType);
    /// A packet with a TCP segment.
    Packet nextTcp(LinkType linkType);

    std::uint32_t number(std::uint32_t below) { return word() % below; }
    Bytes bytes(std::size_t count);

private:
    void addLink(Packet& packet);
    void addVlans(Packet& packet);
    void addIp(Packet& packet);
    Ipv4Header ipv4();
    Ipv6Header ipv6();
    void addExtensions(Packet& packet);
    TcpHeader tcp();
    Options tcpOptions(bool syn);
    void addSynOptions(Options& options);
    void addTransport(Packet& packet);
    void addPayload(Packet& packet);
    std::uint32_t word() { return static_cast<std::uint32_t>(m_random()); }
    bool chance(std::uint32_t in) { return number(in) == 0; }
    MacAddress mac();
    std::uint16_t port() { return static_cast<std::uint16_t>(1 + number(65535)); }

    std::mt19937 m_random;
};

} // namespace tcpw::samples
