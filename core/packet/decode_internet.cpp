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
    ByteReader reader(bytes);
    auto& header = add<Ipv4Header>();
    const std::uint8_t first = reader.u8();
    const std::uint8_t service = reader.u8();
    header.version = first >> 4;
    header.headerLength = first & 15;
    header.dscp = service >> 2;
    header.ecn = service & 3;
    header.totalLength = reader.u16();
    header.identification = reader.u16();
    const std::uint16_t fragment = reader.u16();
    header.reservedFlag = (fragment & 0x8000) != 0;
    header.dontFragment = (fragment & 0x4000) != 0;
    header.moreFragments = (fragment & 0x2000) != 0;
    header.fragmentOffset = fragment & 0x1fff;
    header.timeToLive = reader.u8();
    header.protocol = reader.u8();
    header.headerChecksum = reader.u16();
    header.source.value = reader.u32();
    header.destination.value = reader.u32();
    const std::size_t headerSize = (first & 15u) * 4u;
    if (headerSize > ipv4FixedPart)
        header.options
            = decodeOptions(reader.take(std::min(headerSize - ipv4FixedPart, reader.remaining())));
    ipv4Body(header, bytes);
}

/// Goes on behind a header, as far as its lengths can be believed. A total length of 0 is left to
/// the network card by segmentation offload: it then reaches to the end of what was captured.
/// The header is not there any more once a layer was added behind it, which moves them.
void Decoder::ipv4Body(const Ipv4Header& header, ByteView bytes)
{
    const std::size_t headerSize = *header.headerLength * 4u;
    const std::size_t total = *header.totalLength == 0 ? bytes.size() : *header.totalLength;
    const std::size_t read = std::max(std::min(headerSize, bytes.size()), ipv4FixedPart);
    if (headerSize < ipv4FixedPart)
        return rest(protocolName(*header.protocol),
            "the header length of " + std::to_string(headerSize)
                + " bytes does not tell where the data begins",
            bytes.subspan(read));
    if (total < headerSize)
        return rest(protocolName(*header.protocol),
            "the total length of " + std::to_string(total)
                + " bytes does not even cover the IP header",
            bytes.subspan(read));

    const std::size_t end = std::min(total, bytes.size());
    const Body body{bytes.subspan(read, end - read), total - headerSize, header.moreFragments};
    if (header.fragmentOffset != 0)
        payload(body.bytes);
    else if (headerSize <= bytes.size())
        transport(*header.protocol, body);
    trailer(bytes.subspan(end));
}

void Decoder::ipv6(ByteView bytes)
{
    if (!mayRead("IPv6", ipv6FixedPart, bytes))
        return;
    ByteReader reader(bytes);
    auto& header = add<Ipv6Header>();
    const std::uint32_t first = reader.u32();
    header.version = static_cast<std::uint8_t>(first >> 28);
    header.dscp = first >> 22 & 63;
    header.ecn = first >> 20 & 3;
    header.flowLabel = first & 0xfffff;
    const std::uint16_t length = reader.u16();
    const std::uint8_t type = reader.u8();
    header.payloadLength = length;
    header.nextHeader = type;
    header.hopLimit = reader.u8();
    header.source = readIpv6(reader);
    header.destination = readIpv6(reader);

    std::size_t announced = length;
    if (length == 0 && type != IpProtocol::noNextHeader)
        announced = jumboLength(type, reader.remainingView()).value_or(reader.remaining());
    const ByteView behind = reader.rest();
    const std::size_t end = std::min(announced, behind.size());
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
    header.length = reader.u8();
    const std::size_t size = announcedSize(header);
    const ByteView data = reader.take(std::min(size - 2, reader.remaining()));
    header.body.assign(data.begin(), data.end());
    body = Body{reader.rest(), std::max(body.announced, size) - size, body.isFragment};
    return size == 2 + data.size();
}

bool Decoder::fragment(std::uint8_t& type, Body& body)
{
    if (!mayRead(extensionName(type), fragmentSize, body))
        return false;
    ByteReader reader(body.bytes);
    auto& header = add<Ipv6Fragment>();
    type = reader.u8();
    header.nextHeader = type;
    header.reserved = reader.u8();
    const std::uint16_t place = reader.u16();
    header.fragmentOffset = place >> 3;
    header.reservedBits = place >> 1 & 3;
    header.moreFragments = (place & 1) != 0;
    header.identification = reader.u32();
    const bool first = header.fragmentOffset == 0;
    const bool isFragment = body.isFragment || header.moreFragments;
    body = Body{reader.rest(), std::max(body.announced, fragmentSize) - fragmentSize, isFragment};
    if (!first)
        payload(body.bytes);
    return first;
}

} // namespace tcpw
