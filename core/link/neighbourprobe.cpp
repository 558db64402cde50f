// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/neighbourprobe.h"

#include "base/bytewriter.h"
#include "link/framesocket.h"

#include <algorithm>
#include <random>

namespace tcpw {

namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t arpType = 0x0806;
constexpr std::uint16_t ipv4Type = 0x0800;
constexpr std::uint16_t ipv6Type = 0x86dd;

constexpr std::uint8_t arpReply = 2;
constexpr std::uint8_t icmpProtocol = 1;
constexpr std::uint8_t icmpv6Protocol = 58;
constexpr std::uint8_t echoReply4 = 0;
constexpr std::uint8_t echoRequest4 = 8;
constexpr std::uint8_t echoRequest6 = 128;
constexpr std::uint8_t echoReply6 = 129;
constexpr std::uint8_t neighbourSolicitation = 135;
constexpr std::uint8_t neighbourAdvertisement = 136;

bool isLinkLocal(const IpAddress& address)
{
    if (const auto* four = std::get_if<Ipv4Address>(&address))
        return four->value >> 16 == 0xa9fe; // 169.254/16
    const auto& octets = std::get<Ipv6Address>(address).octets;
    return octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80;
}

Bytes octetsOf(const IpAddress& address)
{
    ByteWriter writer;
    if (const auto* four = std::get_if<Ipv4Address>(&address))
        writer.u32(four->value);
    else
        writer.append(std::get<Ipv6Address>(address).octets);
    return writer.take();
}

bool sharesPrefix(const DeviceAddress& own, const IpAddress& other)
{
    const Bytes a = octetsOf(own.address);
    const Bytes b = octetsOf(other);
    for (std::size_t bit = 0; bit < own.prefixLength && bit < a.size() * 8; ++bit)
        if ((a[bit / 8] ^ b[bit / 8]) & 0x80 >> bit % 8)
            return false;
    return true;
}

Packet arpRequest(const Device& device, const Ipv4Address& neighbour)
{
    EthernetHeader ethernet;
    ethernet.destination.octets.fill(0xff);
    ethernet.source = device.mac;
    ArpPacket arp;
    arp.senderHardware = device.mac;
    // Without an address of its own it asks as a prober does (RFC 5227, section 2.1.1).
    if (const auto source = sourceFor(device, neighbour))
        arp.senderProtocol = std::get<Ipv4Address>(*source);
    arp.targetProtocol = neighbour;
    return {LinkType::ethernet, {ethernet, arp}};
}

Result<std::optional<MacAddress>> askArp(const Device& device, const Ipv4Address& neighbour)
{
    const auto socket = FrameSocket::open(device.id, arpType, onlyByte(21, arpReply));
    if (!socket)
        return failure(socket.error().message);
    std::optional<MacAddress> found;
    for (int attempt = 0; attempt < 3 && !found; ++attempt) {
        if (const auto sent = socket->send(arpRequest(device, neighbour)); !sent)
            return failure(sent.error().message);
        socket->await(FrameSocket::Clock::now() + 300ms, [&](const Packet& packet) {
            const auto* arp = packet.find<ArpPacket>();
            if (!arp || arp->operation != arpReply || arp->senderProtocol != neighbour)
                return false;
            found = arp->senderHardware;
            return true;
        });
    }
    return found;
}

Ipv6Address solicitedNode(const Ipv6Address& neighbour)
{
    Ipv6Address group{{0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff}};
    std::copy(neighbour.octets.end() - 3, neighbour.octets.end(), group.octets.end() - 3);
    return group;
}

/// RFC 4861, section 4.3. Without an address of our own the source is unspecified and the option
/// with our MAC address must not be there; the answer then goes to all nodes.
Packet solicitation(const Device& device, const Ipv6Address& neighbour)
{
    const auto source = sourceFor(device, neighbour);
    Ipv6Header ip;
    ip.hopLimit = 255;
    ip.source = source ? std::get<Ipv6Address>(*source) : Ipv6Address{};
    ip.destination = solicitedNode(neighbour);
    IcmpHeader icmp;
    icmp.version6 = true;
    icmp.type = neighbourSolicitation;
    ByteWriter body;
    body.append(neighbour.octets);
    if (source) {
        body.u8(1); // source link-layer address
        body.u8(1); // in units of 8 bytes
        body.append(device.mac.octets);
    }
    return {LinkType::ethernet,
        {EthernetHeader{groupMac(ip.destination), device.mac, {}}, ip, icmp, Payload{body.take()}}};
}

/// The MAC address in an advertisement of that neighbour (RFC 4861, sections 4.4 and 7.1.2): its
/// target link-layer address option, else the sender's.
std::optional<MacAddress> readAdvertisement(const Packet& packet, const Ipv6Address& neighbour)
{
    const auto* ethernet = packet.find<EthernetHeader>();
    const auto* ip = packet.find<Ipv6Header>();
    const auto* icmp = packet.find<IcmpHeader>();
    const auto* body = packet.find<Payload>();
    if (!ethernet || !ip || !icmp || !body || !icmp->version6
        || icmp->type != neighbourAdvertisement || ip->hopLimit != 255 || body->bytes.size() < 16
        || !std::equal(neighbour.octets.begin(), neighbour.octets.end(), body->bytes.begin()))
        return {};
    MacAddress mac = ethernet->source;
    std::size_t position = 16;
    while (position + 8 <= body->bytes.size() && body->bytes[position + 1] != 0) {
        if (body->bytes[position] == 2)
            std::copy_n(body->bytes.begin() + static_cast<std::ptrdiff_t>(position) + 2,
                mac.octets.size(), mac.octets.begin());
        position += body->bytes[position + 1] * std::size_t{8};
    }
    return mac;
}

Result<std::optional<MacAddress>> askSolicitation(
    const Device& device, const Ipv6Address& neighbour)
{
    const auto socket = FrameSocket::open(device.id, ipv6Type, onlyByte(20, icmpv6Protocol));
    if (!socket)
        return failure(socket.error().message);
    std::optional<MacAddress> found;
    for (int attempt = 0; attempt < 3 && !found; ++attempt) {
        if (const auto sent = socket->send(solicitation(device, neighbour)); !sent)
            return failure(sent.error().message);
        socket->await(FrameSocket::Clock::now() + 300ms, [&](const Packet& packet) {
            found = readAdvertisement(packet, neighbour);
            return found.has_value();
        });
    }
    return found;
}

Packet echoRequest(const Device& device, const IpAddress& source, const IpAddress& destination,
    const MacAddress& mac, std::uint32_t identifier)
{
    const bool six = std::holds_alternative<Ipv6Address>(destination);
    IcmpHeader icmp;
    icmp.version6 = six;
    icmp.type = six ? echoRequest6 : echoRequest4;
    icmp.rest = identifier;
    Packet packet{LinkType::ethernet, {EthernetHeader{mac, device.mac, {}}}};
    if (six) {
        Ipv6Header ip;
        ip.source = std::get<Ipv6Address>(source);
        ip.destination = std::get<Ipv6Address>(destination);
        packet.layers.emplace_back(ip);
    } else {
        Ipv4Header ip;
        ip.source = std::get<Ipv4Address>(source);
        ip.destination = std::get<Ipv4Address>(destination);
        packet.layers.emplace_back(ip);
    }
    packet.layers.emplace_back(icmp);
    packet.layers.emplace_back(Payload{Bytes(32, 'w')});
    return packet;
}

bool answersEcho(const Packet& packet, bool six, std::uint32_t identifier)
{
    const auto* icmp = packet.find<IcmpHeader>();
    return icmp && icmp->version6 == six && icmp->type == (six ? echoReply6 : echoReply4)
        && icmp->rest == identifier;
}

} // namespace

std::optional<IpAddress> sourceFor(const Device& device, const IpAddress& neighbour)
{
    const DeviceAddress* best = nullptr;
    int bestRank = -1;
    for (const DeviceAddress& own : device.addresses) {
        if (own.address.index() != neighbour.index())
            continue;
        const int rank = 2 * (isLinkLocal(own.address) == isLinkLocal(neighbour))
            + sharesPrefix(own, neighbour);
        if (rank > bestRank) {
            best = &own;
            bestRank = rank;
        }
    }
    if (!best)
        return {};
    return best->address;
}

MacAddress groupMac(const IpAddress& group)
{
    MacAddress mac;
    const Bytes octets = octetsOf(group);
    if (octets.size() == 16) {
        mac.octets = {0x33, 0x33, octets[12], octets[13], octets[14], octets[15]};
    } else if (octets[0] >> 4 == 14) {
        const auto low = static_cast<std::uint8_t>(octets[1] & 0x7f);
        mac.octets = {0x01, 0x00, 0x5e, low, octets[2], octets[3]};
    } else {
        mac.octets.fill(0xff);
    }
    return mac;
}

Result<std::optional<MacAddress>> askNeighbour(const Device& device, const IpAddress& neighbour)
{
    if (const auto* four = std::get_if<Ipv4Address>(&neighbour))
        return askArp(device, *four);
    return askSolicitation(device, std::get<Ipv6Address>(neighbour));
}

Result<std::optional<double>> askEcho(const Device& device, const IpAddress& source,
    const IpAddress& destination, const MacAddress& mac)
{
    const bool six = std::holds_alternative<Ipv6Address>(destination);
    const auto socket = six ? FrameSocket::open(device.id, ipv6Type, onlyByte(20, icmpv6Protocol))
                            : FrameSocket::open(device.id, ipv4Type, onlyByte(23, icmpProtocol));
    if (!socket)
        return failure(socket.error().message);
    const std::uint32_t identifier = std::random_device()() << 16;
    for (std::uint32_t attempt = 1; attempt <= 2; ++attempt) {
        const std::uint32_t number = identifier | attempt;
        const auto start = FrameSocket::Clock::now();
        if (const auto sent = socket->send(echoRequest(device, source, destination, mac, number));
            !sent)
            return failure(sent.error().message);
        if (socket->await(start + 400ms,
                [&](const Packet& packet) { return answersEcho(packet, six, number); }))
            return std::chrono::duration<double, std::milli>(FrameSocket::Clock::now() - start)
                .count();
    }
    return std::optional<double>();
}

} // namespace tcpw
