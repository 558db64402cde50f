// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/protocols.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace tcpw {

namespace {

struct Name
{
    std::uint16_t number;
    std::string_view text;
};

// All sorted by number.
constexpr Name etherTypes[] = {
    {0x0800, "IPv4"},
    {0x0806, "ARP"},
    {0x0842, "Wake-on-LAN"},
    {0x22f3, "TRILL"},
    {0x6558, "Transparent Ethernet bridging"},
    {0x8035, "RARP"},
    {0x809b, "AppleTalk"},
    {0x8100, "802.1Q VLAN tag"},
    {0x8137, "IPX"},
    {0x86dd, "IPv6"},
    {0x8808, "Ethernet flow control"},
    {0x8809, "LACP"},
    {0x8847, "MPLS"},
    {0x8848, "MPLS multicast"},
    {0x8863, "PPPoE discovery"},
    {0x8864, "PPPoE"},
    {0x888e, "EAPOL"},
    {0x8892, "PROFINET"},
    {0x88a2, "ATA over Ethernet"},
    {0x88a4, "EtherCAT"},
    {0x88a8, "802.1ad VLAN tag"},
    {0x88b5, "local experiment 1"},
    {0x88b6, "local experiment 2"},
    {0x88cc, "LLDP"},
    {0x88e5, "MACsec"},
    {0x88f7, "PTP"},
    {0x8906, "FCoE"},
    {0x9000, "Ethernet loopback test"},
    {0x9100, "VLAN tag before 802.1ad"},
};

constexpr Name protocols[] = {
    {0, "IPv6 hop-by-hop options"},
    {1, "ICMP"},
    {2, "IGMP"},
    {4, "IPv4"},
    {6, "TCP"},
    {8, "EGP"},
    {17, "UDP"},
    {33, "DCCP"},
    {41, "IPv6"},
    {43, "IPv6 routing header"},
    {44, "IPv6 fragment header"},
    {46, "RSVP"},
    {47, "GRE"},
    {50, "ESP"},
    {51, "AH"},
    {58, "ICMPv6"},
    {59, "no next header"},
    {60, "IPv6 destination options"},
    {88, "EIGRP"},
    {89, "OSPF"},
    {94, "IPIP"},
    {97, "EtherIP"},
    {103, "PIM"},
    {108, "IPComp"},
    {112, "VRRP"},
    {115, "L2TP"},
    {132, "SCTP"},
    {135, "IPv6 mobility header"},
    {136, "UDP-Lite"},
    {137, "MPLS"},
    {139, "HIP"},
    {140, "Shim6"},
    {253, "experiment 1"},
    {254, "experiment 2"},
};

constexpr Name services[] = {
    {7, "echo"},
    {9, "discard"},
    {13, "daytime"},
    {19, "chargen"},
    {20, "FTP data"},
    {21, "FTP"},
    {22, "SSH"},
    {23, "Telnet"},
    {25, "SMTP"},
    {53, "DNS"},
    {67, "DHCP server"},
    {68, "DHCP client"},
    {69, "TFTP"},
    {80, "HTTP"},
    {88, "Kerberos"},
    {110, "POP3"},
    {111, "Sun RPC"},
    {119, "NNTP"},
    {123, "NTP"},
    {135, "Microsoft RPC"},
    {137, "NetBIOS names"},
    {138, "NetBIOS datagrams"},
    {139, "NetBIOS sessions"},
    {143, "IMAP"},
    {161, "SNMP"},
    {162, "SNMP traps"},
    {179, "BGP"},
    {389, "LDAP"},
    {443, "HTTPS"},
    {445, "SMB"},
    {465, "SMTP over TLS"},
    {500, "IKE"},
    {502, "Modbus"},
    {514, "syslog or shell"},
    {515, "line printer"},
    {546, "DHCPv6 client"},
    {547, "DHCPv6 server"},
    {554, "RTSP"},
    {587, "mail submission"},
    {631, "IPP"},
    {636, "LDAP over TLS"},
    {853, "DNS over TLS"},
    {873, "rsync"},
    {993, "IMAP over TLS"},
    {995, "POP3 over TLS"},
    {1080, "SOCKS"},
    {1194, "OpenVPN"},
    {1433, "Microsoft SQL Server"},
    {1883, "MQTT"},
    {1900, "SSDP"},
    {2049, "NFS"},
    {3128, "web proxy"},
    {3306, "MySQL"},
    {3389, "RDP"},
    {4789, "VXLAN"},
    {5060, "SIP"},
    {5061, "SIP over TLS"},
    {5353, "mDNS"},
    {5355, "LLMNR"},
    {5432, "PostgreSQL"},
    {5900, "VNC"},
    {6379, "Redis"},
    {8080, "HTTP, alternative"},
    {8443, "HTTPS, alternative"},
};

template <std::size_t count>
std::string_view nameOf(const Name (&names)[count], std::uint16_t number)
{
    const auto* const found = std::lower_bound(std::begin(names), std::end(names), number,
        [](const Name& name, std::uint16_t wanted) { return name.number < wanted; });
    if (found == std::end(names) || found->number != number)
        return {};
    return found->text;
}

} // namespace

bool beginsWithSnap(ByteView data)
{
    constexpr std::array<std::uint8_t, 6> begin{0xaa, 0xaa, 3, 0, 0, 0};
    return data.size() >= snapSize && std::ranges::equal(data.first(begin.size()), begin);
}

bool announcesVlan(std::uint16_t etherType)
{
    return etherType == EtherType::vlan || etherType == EtherType::serviceVlan
        || etherType == EtherType::oldServiceVlan;
}

bool isExtension(std::uint8_t nextHeader)
{
    switch (nextHeader) {
    case IpProtocol::hopByHop:
    case IpProtocol::routing:
    case IpProtocol::authentication:
    case IpProtocol::destinationOptions:
    case IpProtocol::mobility:
    case IpProtocol::hostIdentity:
    case IpProtocol::shim6:
        return true;
    }
    return false;
}

std::string_view etherTypeName(std::uint16_t etherType)
{
    return nameOf(etherTypes, etherType);
}

std::string_view protocolName(std::uint8_t protocol)
{
    return nameOf(protocols, protocol);
}

std::string_view serviceName(std::uint16_t port)
{
    return nameOf(services, port);
}

} // namespace tcpw
