// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/filterwords.h"

#include <algorithm>
#include <iterator>

namespace tcpw::filterwords {

namespace {

constexpr std::string_view keywords[] = {"aarp", "action", "addr1", "addr2", "addr3", "addr4",
    "address1", "address2", "address3", "address4", "ah", "and", "arp", "atalk", "bcc", "broadcast",
    "byte", "carp", "clnp", "connectmsg", "csnp", "decnet", "dir", "direction", "dpc", "dst",
    "es-is", "esis", "esp", "ether", "fddi", "fisu", "gateway", "geneve", "greater", "hdpc",
    "hfisu", "hlssu", "hmsu", "hopc", "host", "hsio", "hsls", "icmp", "icmp-echo", "icmp-echoreply",
    "icmp-ireq", "icmp-ireqreply", "icmp-maskreply", "icmp-maskreq", "icmp-paramprob",
    "icmp-redirect", "icmp-routeradvert", "icmp-routersolicit", "icmp-sourcequench",
    "icmp-timxceed", "icmp-tstamp", "icmp-tstampreply", "icmp-unreach", "icmp6",
    "icmp6-certpathadvert", "icmp6-certpathsolicit", "icmp6-destinationunreach", "icmp6-echo",
    "icmp6-echoreply", "icmp6-homeagentdiscoveryreply", "icmp6-homeagentdiscoveryrequest",
    "icmp6-ineighbordiscoveryadvert", "icmp6-ineighbordiscoverysolicit", "icmp6-mobileprefixadvert",
    "icmp6-mobileprefixsolicit", "icmp6-multicastlistenerdone", "icmp6-multicastlistenerquery",
    "icmp6-multicastlistenerreportv1", "icmp6-multicastlistenerreportv2",
    "icmp6-multicastrouteradvert", "icmp6-multicastroutersolicit", "icmp6-multicastrouterterm",
    "icmp6-neighboradvert", "icmp6-neighborsolicit", "icmp6-nodeinformationquery",
    "icmp6-nodeinformationresponse", "icmp6-packettoobig", "icmp6-parameterproblem",
    "icmp6-redirect", "icmp6-routeradvert", "icmp6-routerrenum", "icmp6-routersolicit",
    "icmp6-timeexceeded", "icmp6code", "icmp6type", "icmpcode", "icmptype", "ifindex", "ifname",
    "igmp", "igrp", "iih", "ilmic", "inbound", "ip", "ip6", "ipx", "is-is", "isis", "iso", "l1",
    "l2", "lane", "lat", "len", "length", "less", "link", "llc", "lssu", "lsp", "lsu", "mask",
    "metac", "metaconnect", "mopdl", "moprc", "mpls", "msu", "multicast", "net", "netbeui", "not",
    "oam", "oamf4", "oamf4ec", "oamf4sc", "on", "opc", "or", "outbound", "pim", "port", "portrange",
    "ppp", "pppoed", "pppoes", "proto", "protochain", "psnp", "ra", "radio", "rarp", "reason",
    "rnr", "rset", "rulenum", "ruleset", "sc", "sca", "sctp", "sio", "slip", "sls", "snp", "src",
    "srnr", "stp", "subrulenum", "subtype", "ta", "tcp", "tcp-ack", "tcp-cwr", "tcp-ece", "tcp-fin",
    "tcp-push", "tcp-rst", "tcp-syn", "tcp-urg", "tcpflags", "tr", "type", "udp", "vci", "vlan",
    "vpi", "vrrp", "wlan"};

constexpr std::string_view linkWords[] = {"ether", "fddi", "link", "ppp", "slip", "tr", "wlan"};

constexpr std::string_view etherTypes[] = {"aarp", "arp", "atalk", "decnet", "ip", "ip6", "ipx",
    "iso", "lat", "loopback", "mopdl", "moprc", "netbeui", "rarp", "sca", "stp"};

struct Numbered
{
    std::string_view name;
    std::uint16_t number;
};

constexpr Numbered ports[] = {{"bgp", 179}, {"bootpc", 68}, {"bootps", 67}, {"chargen", 19},
    {"daytime", 13}, {"dhcpv6-client", 546}, {"dhcpv6-server", 547}, {"discard", 9}, {"domain", 53},
    {"echo", 7}, {"finger", 79}, {"ftp", 21}, {"ftp-data", 20}, {"gopher", 70}, {"http", 80},
    {"http-alt", 8080}, {"https", 443}, {"imap", 143}, {"imap2", 143}, {"imaps", 993}, {"ipp", 631},
    {"irc", 194}, {"kerberos", 88}, {"ldap", 389}, {"ldaps", 636}, {"mdns", 5353},
    {"ms-sql-s", 1433}, {"mysql", 3306}, {"netbios-dgm", 138}, {"netbios-ns", 137},
    {"netbios-ssn", 139}, {"nfs", 2049}, {"nntp", 119}, {"ntp", 123}, {"pop3", 110}, {"pop3s", 995},
    {"postgresql", 5432}, {"rsync", 873}, {"rtsp", 554}, {"sip", 5060}, {"smtp", 25}, {"snmp", 161},
    {"snmp-trap", 162}, {"ssh", 22}, {"submission", 587}, {"sunrpc", 111}, {"syslog", 514},
    {"telnet", 23}, {"tftp", 69}, {"time", 37}, {"whois", 43}, {"www", 80}, {"x11", 6000}};

constexpr Numbered protocols[] = {{"ah", 51}, {"carp", 112}, {"dccp", 33}, {"egp", 8},
    {"eigrp", 88}, {"esp", 50}, {"gre", 47}, {"icmp", 1}, {"icmp6", 58}, {"igmp", 2}, {"igp", 9},
    {"igrp", 9}, {"ipip", 4}, {"ipv6", 41}, {"l2tp", 115}, {"ospf", 89}, {"pim", 103}, {"rsvp", 46},
    {"sctp", 132}, {"tcp", 6}, {"udp", 17}, {"udplite", 136}, {"vrrp", 112}};

std::optional<std::uint16_t> numberOf(const auto& list, std::string_view name)
{
    const auto found = std::find_if(std::begin(list), std::end(list),
        [name](const Numbered& each) { return each.name == name; });
    if (found == std::end(list))
        return {};
    return found->number;
}

bool contains(const auto& list, std::string_view word)
{
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

} // namespace

bool isKeyword(std::string_view word)
{
    return contains(keywords, word);
}

bool isLinkWord(std::string_view word)
{
    return contains(linkWords, word);
}

bool isEtherType(std::string_view name)
{
    return contains(etherTypes, name);
}

std::optional<std::uint16_t> portNumber(std::string_view name)
{
    return numberOf(ports, name);
}

std::optional<std::uint8_t> protocolNumber(std::string_view name)
{
    const auto number = numberOf(protocols, name);
    if (!number)
        return {};
    return static_cast<std::uint8_t>(*number);
}

} // namespace tcpw::filterwords
