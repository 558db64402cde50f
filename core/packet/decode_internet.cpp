// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/computed.h"
#include "packet/decoder.h"
#include "packet/jumbo.h"
#include "packet/protocols.h"

#include <algorithm>

namespace tcpw {

namespace {

constexpr std::size_t ipv4FixedPart = 20;
constexpr std::size_t ipv6FixedPart = 40;
constexpr std::size_t fragmentSize = 8;

std::string_view extensionName(std::uint8_t type)
{
    return type == IpProtocol::fragment ? "IPv6 fragment header" : "IPv6 extension header";
}

} // namespace

void Decoder::rawIp(ByteView bytes)
{
    const int version = bytes.empty() ? 0 : bytes[0] >> 4;
    if (version == 4)
        return ipv4(bytes);
    if (version == 6)
        return ipv6(bytes);
    rest("IP",
        bytes.empty() ? std::string("there is no byte that says the version")
                      : "version " + std::to_string(version) + " is neither 4 nor 6",
        bytes);
}

void Decoder::ipv4(ByteView bytes)
{
    if (!mayRead("IPv4", ipv4FixedPart, bytes))
        return;
    const FixedPart<ipv4FixedPart> fixed(bytes);
    auto& header = add<Ipv4Header>();
    const std::uint8_t words = fixed.u8<0>() & 15;
    const std::uint16_t fragment = fixed.u16<6>();
    header.version = fixed.u8<0>() >> 4;
    header.dscp = fixed.u8<1>() >> 2;
    header.ecn = fixed.u8<1>() & 3;
    header.identification = fixed.u16<4>();
    header.reservedFlag = (fragment & 0x8000) != 0;
    header.dontFragment = (fragment & 0x4000) != 0;
    header.moreFragments = (fragment & 0x2000) != 0;
    header.fragmentOffset = fragment & 0x1fff;
    header.timeToLive = fixed.u8<8>();
    header.protocol = fixed.u8<9>();
    header.source.value = fixed.u32<12>();
    header.destination.value = fixed.u32<16>();

    const std::size_t here
        = std::max(std::min(words * std::size_t{4}, bytes.size()), ipv4FixedPart);
    if (here > ipv4FixedPart)
        decodeOptions(bytes.subspan(ipv4FixedPart, here - ipv4FixedPart), header.options);
    header.headerLength = unless(automaticHeaderWords(here), words);
    header.headerChecksum = unless(checksumOf(bytes.first(here), 10), fixed.u16<10>());
    m_addresses = header.options.list.empty() ? bytes.subspan(12, 8) : ByteView();
    ipv4Body(header, words * std::size_t{4}, fixed.u16<2>(), bytes);
}

/// Goes on behind a header, as far as its lengths can be believed. A total length of 0 is left to
/// the network card by segmentation offload: it then reaches to the end of what was captured.
/// The header is not there any more once a layer was added behind it, which moves them.
void Decoder::ipv4Body(
    Ipv4Header& header, std::size_t headerSize, std::size_t totalLength, ByteView bytes)
{
    const std::uint8_t protocol = *header.protocol;
    const std::size_t total = totalLength == 0 ? bytes.size() : totalLength;
    const std::size_t here = std::max(std::min(headerSize, bytes.size()), ipv4FixedPart);
    const bool believed = headerSize >= ipv4FixedPart && total >= headerSize;
    const std::size_t end = believed ? std::min(total, bytes.size()) : bytes.size();
    header.totalLength = unless(automaticLength(end), static_cast<std::uint16_t>(totalLength));
    if (headerSize < ipv4FixedPart)
        return rest(protocolName(protocol),
            "the header length of " + std::to_string(headerSize)
                + " bytes does not tell where the data begins",
            bytes.subspan(here));
    if (total < headerSize)
        return rest(protocolName(protocol),
            "the total length of " + std::to_string(total)
                + " bytes does not even cover the IP header",
            bytes.subspan(here));

    const Body body{bytes.subspan(here, end - here), total - headerSize, header.moreFragments};
    if (header.fragmentOffset != 0)
        payload(body.bytes);
    else if (headerSize <= bytes.size())
        transport(protocol, body);
    trailer(bytes.subspan(end));
}

void Decoder::ipv6(ByteView bytes)
{
    if (!mayRead("IPv6", ipv6FixedPart, bytes))
        return;
    const FixedPart<ipv6FixedPart> fixed(bytes);
    auto& header = add<Ipv6Header>();
    const std::uint32_t first = fixed.u32<0>();
    const std::uint16_t length = fixed.u16<4>();
    const std::uint8_t type = fixed.u8<6>();
    header.version = static_cast<std::uint8_t>(first >> 28);
    header.dscp = first >> 22 & 63;
    header.ecn = first >> 20 & 3;
    header.flowLabel = first & 0xfffff;
    header.nextHeader = type;
    header.hopLimit = fixed.u8<7>();
    fixed.octets<8>(header.source.octets);
    fixed.octets<24>(header.destination.octets);
    m_addresses = bytes.subspan(8, 32);

    const ByteView behind = bytes.subspan(ipv6FixedPart);
    std::size_t announced = length;
    if (length == 0 && type != IpProtocol::noNextHeader)
        announced = jumboLength(type, behind).value_or(behind.size());
    const std::size_t end = std::min(announced, behind.size());
    header.payloadLength = unless(automaticLength(end), length);
    ipv6Chain(type, Body{behind.first(end), announced});
    trailer(behind.subspan(end));
}

/// Reads extension headers (RFC 8200, section 4) and what they lead to.
void Decoder::ipv6Chain(std::uint8_t type, Body body)
{
    while (isExtension(type) || type == IpProtocol::fragment) {
        const bool goesOn
            = type == IpProtocol::fragment ? fragment(type, body) : extension(type, body);
        if (!goesOn)
            return;
    }
    transport(type, body);
}

/// False when the chain ends here; else `type` and `body` are what follows.
bool Decoder::extension(std::uint8_t& type, Body& body)
{
    if (!mayRead(extensionName(type), 2, body))
        return false;
    ByteReader reader(body.bytes);
    auto& header = add<Ipv6Extension>();
    header.type = type;
    type = reader.u8();
    header.nextHeader = type;
    const std::uint8_t length = reader.u8();
    header.length = length;
    const std::size_t size = announcedSize(header);
    const ByteView data = reader.take(std::min(size - 2, reader.remaining()));
    header.body.assign(data.begin(), data.end());
    header.length = unless(automaticExtensionLength(header), length);
    if (header.type == IpProtocol::routing)
        m_addresses = ByteView();
    body = Body{reader.rest(), std::max(body.announced, size) - size, body.isFragment};
    return size == 2 + data.size();
}

bool Decoder::fragment(std::uint8_t& type, Body& body)
{
    if (!mayRead(extensionName(type), fragmentSize, body))
        return false;
    const FixedPart<fragmentSize> fixed(body.bytes);
    auto& header = add<Ipv6Fragment>();
    type = fixed.u8<0>();
    header.nextHeader = type;
    header.reserved = fixed.u8<1>();
    const std::uint16_t place = fixed.u16<2>();
    header.fragmentOffset = place >> 3;
    header.reservedBits = place >> 1 & 3;
    header.moreFragments = (place & 1) != 0;
    header.identification = fixed.u32<4>();
    const bool first = header.fragmentOffset == 0;
    const bool isFragment = body.isFragment || header.moreFragments;
    body = Body{body.bytes.subspan(fragmentSize),
        std::max(body.announced, fragmentSize) - fragmentSize, isFragment};
    if (!first)
        payload(body.bytes);
    return first;
}

} // namespace tcpw
