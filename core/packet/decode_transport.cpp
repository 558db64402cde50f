// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/decoder.h"
#include "packet/protocols.h"

#include <algorithm>

namespace tcpw {

namespace {

constexpr std::size_t tcpFixedPart = 20;

} // namespace

/// IP in IP, ESP and all other protocols stay bytes: only the outermost packet is read.
void Decoder::transport(std::uint8_t protocol, const Body& body)
{
    switch (protocol) {
    case IpProtocol::tcp:
        return tcp(body);
    case IpProtocol::udp:
        return udp(body);
    case IpProtocol::icmp:
        return icmp(false, body);
    case IpProtocol::icmpv6:
        return icmp(true, body);
    }
    payload(body.bytes);
}

void Decoder::tcp(const Body& body)
{
    if (!mayRead("TCP", tcpFixedPart, body))
        return;
    ByteReader reader(body.bytes);
    auto& header = add<TcpHeader>();
    header.sourcePort = reader.u16();
    header.destinationPort = reader.u16();
    header.sequenceNumber = reader.u32();
    header.acknowledgmentNumber = reader.u32();
    const std::uint16_t offsetAndBits = reader.u16();
    header.dataOffset = static_cast<std::uint8_t>(offsetAndBits >> 12);
    header.controlBits.value = offsetAndBits & 0xfff;
    header.window = reader.u16();
    header.checksum = reader.u16();
    header.urgentPointer = reader.u16();

    const std::size_t headerSize = (offsetAndBits >> 12) * 4u;
    const bool mayBeSo = headerSize <= body.announced || body.isFragment;
    if (headerSize > tcpFixedPart && mayBeSo) {
        const std::size_t here = std::min(headerSize - tcpFixedPart, reader.remaining());
        header.options = decodeOptions(reader.take(here));
    }
    tcpBody(headerSize, Body{reader.rest(), body.announced, body.isFragment});
}

/// Goes on behind the options. A data offset that cannot be leaves its segment's bytes undecoded.
void Decoder::tcpBody(std::size_t headerSize, const Body& body)
{
    if (headerSize < tcpFixedPart)
        return rest("TCP options and data",
            "a data offset of " + std::to_string(headerSize / 4)
                + " words is less than the 5 of every TCP header",
            body.bytes);
    if (headerSize > body.announced && !body.isFragment)
        return rest("TCP options and data",
            "the data offset says " + std::to_string(headerSize) + " bytes of header, but the "
                + "segment has only " + std::to_string(body.announced),
            body.bytes);
    payload(body.bytes);
}

void Decoder::udp(const Body& body)
{
    if (!mayRead("UDP", 8, body))
        return;
    ByteReader reader(body.bytes);
    auto& header = add<UdpHeader>();
    header.sourcePort = reader.u16();
    header.destinationPort = reader.u16();
    header.length = reader.u16();
    header.checksum = reader.u16();
    payload(reader.rest());
}

void Decoder::icmp(bool version6, const Body& body)
{
    if (!mayRead(version6 ? "ICMPv6" : "ICMP", 8, body))
        return;
    ByteReader reader(body.bytes);
    auto& header = add<IcmpHeader>();
    header.version6 = version6;
    header.type = reader.u8();
    header.code = reader.u8();
    header.checksum = reader.u16();
    header.rest = reader.u32();
    payload(reader.rest());
}

} // namespace tcpw
