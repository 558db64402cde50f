// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/ipextent.h"
#include "packet/meanings.h"
#include "packet/protocolnames.h"
#include "packet/protocols.h"
#include "packet/summary.h"
#include "packet/words.h"

#include <algorithm>

namespace tcpw {

std::string describeTcp(const Summary& summary); // describe_tcp.cpp

namespace {

constexpr std::uint8_t neighborSolicitation = 135; // RFC 4861
constexpr std::uint8_t neighborAdvertisement = 136;

std::string describeArp(const ArpPacket& arp)
{
    const std::string sender = toText(arp.senderProtocol);
    if (arp.operation == 1 && arp.senderProtocol == arp.targetProtocol)
        return "ARP: " + sender + " announces itself";
    if (arp.operation == 1 && arp.senderProtocol.value == 0)
        return "ARP: is " + toText(arp.targetProtocol) + " taken?";
    if (arp.operation == 1)
        return "ARP: who has " + toText(arp.targetProtocol) + "? tell " + sender;
    if (arp.operation == 2)
        return "ARP: " + sender + " is at " + toText(arp.senderHardware);
    return "ARP operation " + std::to_string(arp.operation);
}

std::string withPort(const std::optional<IpAddress>& address, std::optional<std::uint16_t> port)
{
    if (!address)
        return "?";
    const std::string text = toText(*address);
    if (!port)
        return text;
    const bool ipv6 = std::holds_alternative<Ipv6Address>(*address);
    return (ipv6 ? '[' + text + ']' : text) + ':' + std::to_string(*port);
}

/// What an ICMP error is about: "TCP 192.0.2.1:40000 to 192.0.2.2:8081".
std::string describeQuote(const Packet& quote)
{
    const Summary summary = summarize(quote, encodedSize(quote));
    std::optional<std::uint16_t> source;
    std::optional<std::uint16_t> destination;
    if (summary.hasPorts) {
        source = summary.sourcePort;
        destination = summary.destinationPort;
    }
    if (!summary.source)
        return "a packet that cannot be read";
    return summary.protocol + ' ' + withPort(summary.source, source) + " to "
        + withPort(summary.destination, destination);
}

std::string neighborTarget(const Packet& packet)
{
    const auto* payload = packet.find<Payload>();
    if (!payload || payload->bytes.size() < 16)
        return {};
    Ipv6Address target;
    std::copy_n(payload->bytes.begin(), 16, target.octets.begin());
    return toText(target);
}

std::string describeIcmp(const Packet& packet, const IcmpHeader& icmp)
{
    const std::string name = icmp.version6 ? "ICMPv6" : "ICMP";
    const std::string type = icmpTypeWords(icmp.version6, icmp.type);
    const std::string code = icmpCodeWords(icmp.version6, icmp.type, icmp.code);
    if (const auto quote = quotedPacket(packet))
        return name + ' ' + (code.empty() ? type : code) + ", about " + describeQuote(*quote);
    const std::string target = neighborTarget(packet);
    if (icmp.version6 && icmp.type == neighborSolicitation && !target.empty())
        return name + " neighbor solicitation: who has " + target + '?';
    if (icmp.version6 && icmp.type == neighborAdvertisement && !target.empty())
        return name + " neighbor advertisement: " + target + " is here";
    if (type.empty())
        return name + " type " + std::to_string(icmp.type) + ", code " + std::to_string(icmp.code);
    const std::string rest = icmpRestWords(icmp);
    return name + ' ' + type + (rest.empty() ? "" : ", " + rest);
}

std::string describeFragment(const std::string& version, std::size_t offset, std::uint32_t id)
{
    return version + " fragment at byte " + std::to_string(offset * 8) + " of packet "
        + std::to_string(id);
}

/// A packet whose transport header is in another fragment.
std::optional<std::string> describeLaterFragment(const Packet& packet)
{
    const auto* ipv4 = packet.find<Ipv4Header>();
    if (ipv4 && ipv4->fragmentOffset != 0)
        return describeFragment("IPv4", ipv4->fragmentOffset, ipv4->identification);
    const auto* fragment = packet.find<Ipv6Fragment>();
    if (fragment && fragment->fragmentOffset != 0)
        return describeFragment("IPv6", fragment->fragmentOffset, fragment->identification);
    return std::nullopt;
}

std::string describeUdp(const UdpHeader& udp)
{
    std::string_view service = serviceName(udp.destinationPort);
    if (service.empty())
        service = serviceName(udp.sourcePort);
    return service.empty() ? "datagram" : "datagram, port of " + std::string(service);
}

std::string describeOther(const Packet& packet)
{
    const std::string protocol = innermostProtocol(packet);
    std::string_view name;
    for (const Layer& layer : packet.layers)
        if (const auto* ethernet = std::get_if<EthernetHeader>(&layer); ethernet)
            name = etherTypeName(ethernet->etherType.value_or(0));
    const auto* payload = packet.find<Payload>();
    std::string text = protocol.starts_with("0x") && !name.empty() ? std::string(name) : protocol;
    if (text.empty())
        text = linkTypeName(packet.linkType);
    return text + ", " + countOf(payload ? payload->bytes.size() : 0, "byte") + " not decoded";
}

} // namespace

std::string describe(const Packet& packet, std::size_t originalLength)
{
    if (packet.find<TcpHeader>())
        return describeTcp(summarize(packet, originalLength));
    if (const auto* arp = packet.find<ArpPacket>())
        return describeArp(*arp);
    if (const auto* icmp = packet.find<IcmpHeader>())
        return describeIcmp(packet, *icmp);
    if (const auto* udp = packet.find<UdpHeader>())
        return describeUdp(*udp);
    if (const auto fragment = describeLaterFragment(packet))
        return *fragment;
    if (const auto* rest = packet.find<Rest>())
        return rest->wanted + " not decoded: " + rest->why;
    return describeOther(packet);
}

} // namespace tcpw
