// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/checksum.h"
#include "packet/computed.h"
#include "packet/protocols.h"

#include <algorithm>
#include <array>

namespace tcpw {

namespace {

constexpr std::uint8_t looseSourceRoute = 131; // RFC 791, section 3.1
constexpr std::uint8_t strictSourceRoute = 137;
constexpr std::size_t addressSize4 = 4;
constexpr std::size_t addressSize6 = 16;

std::uint32_t number(ByteView bytes)
{
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes)
        value = value << 8 | byte;
    return value;
}

/// The last address of a source route that is not used up yet, else the header's destination.
Ipv4Address finalDestination(const Ipv4Header& header)
{
    for (const Option& option : header.options.list) {
        if (option.kind != looseSourceRoute && option.kind != strictSourceRoute)
            continue;
        // The pointer counts from the kind byte, so 4 is the first address.
        const ByteView data = option.data.view();
        if (data.size() < 1 + addressSize4 || data[0] < 4 || data[0] > data.size() + 2u)
            continue;
        return Ipv4Address{number(data.last(addressSize4))};
    }
    return header.destination;
}

/// The final destination of a routing header that is not used up yet (RFC 8200, section 4.4;
/// RFC 6275, section 6.4; RFC 8754, section 2).
std::optional<Ipv6Address> finalDestination(const Ipv6Extension& extension)
{
    const ByteView body = extension.body;
    constexpr std::size_t fixedPart = 6;
    if (extension.type != IpProtocol::routing || body.size() < fixedPart + addressSize6
        || body[1] == 0)
        return std::nullopt;
    const ByteView list = body.subspan(fixedPart);
    const std::size_t count = list.size() / addressSize6;
    std::size_t last = 0;
    if (body[0] == 0 || body[0] == 2)
        last = count - 1;
    else if (body[0] != 4) // a segment routing header lists the last segment first
        return std::nullopt;
    Ipv6Address address;
    std::ranges::copy(list.subspan(last * addressSize6, addressSize6), address.octets.begin());
    return address;
}

std::uint16_t addressSum(const IpAddress& address)
{
    if (const auto* ipv6 = std::get_if<Ipv6Address>(&address))
        return onesComplementSum(ipv6->octets);
    const std::uint32_t value = std::get<Ipv4Address>(address).value;
    const std::array<std::uint8_t, 4> raw
        = {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
            static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
    return onesComplementSum(raw);
}

std::uint16_t foldedSum(std::uint64_t sum)
{
    while (sum > 0xffff)
        sum = (sum >> 16) + (sum & 0xffff);
    return static_cast<std::uint16_t>(sum);
}

template <typename Header> const std::optional<std::uint16_t>* checksumOf(const Layer& layer)
{
    const Header* header = std::get_if<Header>(&layer);
    return header ? &header->checksum : nullptr;
}

} // namespace

std::uint16_t PseudoHeader::sum(std::uint8_t protocol, std::size_t length) const
{
    if (!source || !destination)
        return 0;
    return foldedSum(std::uint64_t{addressSum(*source)} + addressSum(*destination) + protocol
        + foldedSum(length));
}

PseudoHeader pseudoHeader(const std::vector<Layer>& layers, std::size_t index)
{
    std::optional<Ipv6Address> routed;
    for (std::size_t i = std::min(index, layers.size()); i-- > 0;) {
        if (const auto* ipv4 = std::get_if<Ipv4Header>(&layers[i]))
            return {ipv4->source, finalDestination(*ipv4)};
        if (const auto* ipv6 = std::get_if<Ipv6Header>(&layers[i]))
            return {ipv6->source, routed.value_or(ipv6->destination)};
        if (const auto* extension = std::get_if<Ipv6Extension>(&layers[i]); extension && !routed)
            routed = finalDestination(*extension);
    }
    return {};
}

std::uint8_t pseudoHeaderProtocol(const Layer& layer)
{
    if (std::holds_alternative<TcpHeader>(layer))
        return IpProtocol::tcp;
    if (std::holds_alternative<UdpHeader>(layer))
        return IpProtocol::udp;
    const auto* icmp = std::get_if<IcmpHeader>(&layer);
    return icmp && icmp->version6 ? IpProtocol::icmpv6 : std::uint8_t{0};
}

std::optional<std::size_t> checksumPosition(const Layer& layer)
{
    if (std::holds_alternative<TcpHeader>(layer))
        return 16;
    if (std::holds_alternative<Ipv4Header>(layer))
        return 10;
    if (std::holds_alternative<UdpHeader>(layer))
        return 6;
    if (std::holds_alternative<IcmpHeader>(layer))
        return 2;
    return std::nullopt;
}

const std::optional<std::uint16_t>* checksumField(const Layer& layer)
{
    if (const auto* tcp = checksumOf<TcpHeader>(layer))
        return tcp;
    if (const auto* ipv4 = std::get_if<Ipv4Header>(&layer))
        return &ipv4->headerChecksum;
    if (const auto* udp = checksumOf<UdpHeader>(layer))
        return udp;
    return checksumOf<IcmpHeader>(layer);
}

std::uint16_t automaticChecksum(
    const std::vector<Layer>& layers, std::size_t index, ByteView covered)
{
    const Layer& layer = layers[index];
    const std::size_t position = *checksumPosition(layer);
    const bool headerOnly = std::holds_alternative<Ipv4Header>(layer);
    const ByteView bytes = headerOnly ? covered.first(encodedSize(layer)) : covered;

    std::uint16_t sum = 0;
    if (const std::uint8_t protocol = pseudoHeaderProtocol(layer); protocol != 0)
        sum = pseudoHeader(layers, index).sum(protocol, bytes.size());
    sum = onesComplementSum(bytes.first(position), sum);
    sum = onesComplementSum(bytes.subspan(position + 2), sum);
    const auto checksum = static_cast<std::uint16_t>(~sum);
    // A UDP checksum of zero would say that there is none (RFC 768).
    return checksum == 0 && std::holds_alternative<UdpHeader>(layer) ? 0xffff : checksum;
}

} // namespace tcpw
