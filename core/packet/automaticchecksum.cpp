// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

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

} // namespace

OnesComplement pseudoHeaderSum(
    const std::vector<Layer>& layers, std::size_t index, std::uint8_t protocol, std::size_t length)
{
    OnesComplement sum;
    std::optional<Ipv6Address> routed;
    for (std::size_t i = index; i-- > 0;) {
        if (const auto* ipv4 = std::get_if<Ipv4Header>(&layers[i])) {
            sum.addNumber(ipv4->source.value);
            sum.addNumber(finalDestination(*ipv4).value);
        } else if (const auto* ipv6 = std::get_if<Ipv6Header>(&layers[i])) {
            sum.add(ipv6->source.octets);
            sum.add(routed ? routed->octets : ipv6->destination.octets);
        } else {
            const auto* extension = std::get_if<Ipv6Extension>(&layers[i]);
            if (extension && !routed)
                routed = finalDestination(*extension);
            continue;
        }
        sum.addNumber(std::uint16_t{protocol});
        sum.addNumber(static_cast<std::uint32_t>(length));
        return sum;
    }
    return sum;
}

bool isOverIpv6(const std::vector<Layer>& layers, std::size_t index)
{
    for (std::size_t i = index; i-- > 0;) {
        if (std::holds_alternative<Ipv6Header>(layers[i]))
            return true;
        if (std::holds_alternative<Ipv4Header>(layers[i]))
            return false;
    }
    return false;
}

std::uint16_t automaticChecksum(
    const std::vector<Layer>& layers, std::size_t index, ByteView covered)
{
    const Layer& layer = layers[index];
    const std::size_t position = *checksumPosition(layer);
    if (std::holds_alternative<Ipv4Header>(layer))
        return checksumOf(covered.first(encodedSize(layer)), position);
    const std::uint8_t protocol = pseudoHeaderProtocol(layer);
    if (protocol == 0)
        return checksumOf(covered, position);
    const OnesComplement sum = pseudoHeaderSum(layers, index, protocol, covered.size());
    return std::holds_alternative<UdpHeader>(layer) ? udpChecksumOf(covered, sum)
                                                    : checksumOf(covered, position, sum);
}

} // namespace tcpw
