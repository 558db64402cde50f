// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/protocolnames.h"

#include "packet/ipextent.h"
#include "packet/protocols.h"
#include "packet/words.h"

namespace tcpw {

namespace {

/// The name of what an IP header carries when no layer behind it tells.
std::string carriedName(const std::string& outer, std::uint8_t protocol)
{
    if (protocol == IpProtocol::ipv4 || protocol == IpProtocol::ipv6)
        return std::string(protocolName(protocol)) + " in " + outer;
    const bool unspeaking = protocol == IpProtocol::noNextHeader || protocol == 0;
    const std::string_view name = unspeaking ? "" : protocolName(protocol);
    return name.empty() ? outer : std::string(name);
}

std::string etherTypeText(std::optional<std::uint16_t> given)
{
    const std::uint16_t type = given.value_or(0);
    if (type < EtherType::smallest)
        return type == 0 ? "Ethernet" : "802.3";
    return hex16(type);
}

/// Names a packet by the last of its layers that has something to say of what it carries.
class Naming
{
public:
    explicit Naming(const Packet& packet)
        : m_packet(packet)
    {
    }

    std::string name()
    {
        for (std::size_t i = 0; i < m_packet.layers.size() && !m_final; ++i) {
            m_index = i;
            std::visit(*this, m_packet.layers[i]);
        }
        return m_name;
    }

    void operator()(const EthernetHeader& header) { m_name = etherTypeText(header.etherType); }
    void operator()(const VlanTag& tag) { m_name = etherTypeText(tag.etherType); }
    void operator()(const SnapHeader& header) { m_name = etherTypeText(header.etherType); }
    void operator()(const LinuxCookedHeader& header) { m_name = etherTypeText(header.protocol); }
    void operator()(const LinuxCooked2Header& header) { m_name = etherTypeText(header.protocol); }
    void operator()(const LoopbackHeader& header)
    {
        m_name = "family " + std::to_string(header.family);
    }
    void operator()(const ArpPacket&) { finish("ARP"); }
    void operator()(const Ipv4Header& header)
    {
        m_outer = "IPv4";
        carry(header.protocol.value_or(0));
    }
    void operator()(const Ipv6Header& header)
    {
        m_outer = "IPv6";
        carry(header.nextHeader.value_or(IpProtocol::noNextHeader));
    }
    void operator()(const Ipv6Extension& header)
    {
        carry(header.nextHeader.value_or(IpProtocol::noNextHeader));
    }
    void operator()(const Ipv6Fragment& header)
    {
        carry(header.nextHeader.value_or(IpProtocol::noNextHeader));
    }
    void operator()(const TcpHeader&) { finish("TCP"); }
    void operator()(const UdpHeader&) { finish("UDP"); }
    void operator()(const IcmpHeader& header) { finish(header.version6 ? "ICMPv6" : "ICMP"); }
    void operator()(const Rest& rest)
    {
        if (!rest.wanted.empty())
            finish(rest.wanted);
    }
    void operator()(const Payload&) { m_final = !m_name.empty(); }
    void operator()(const Trailer&) { m_final = true; }

private:
    void carry(std::uint8_t protocol)
    {
        const bool later = isInLaterFragment(m_packet, m_index + 1);
        m_name = later ? m_outer : carriedName(m_outer, protocol);
    }
    void finish(const std::string& name)
    {
        m_name = name;
        m_final = true;
    }

    const Packet& m_packet;
    std::size_t m_index = 0;
    std::string m_outer = "IP";
    std::string m_name;
    bool m_final = false;
};

} // namespace

std::string innermostProtocol(const Packet& packet)
{
    return Naming(packet).name();
}

} // namespace tcpw
