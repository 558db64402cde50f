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
    const FixedPart<tcpFixedPart> fixed(body.bytes);
    auto& header = add<TcpHeader>();
    const std::uint16_t offsetAndBits = fixed.u16<12>();
    const auto words = static_cast<std::uint8_t>(offsetAndBits >> 12);
    header.sourcePort = fixed.u16<0>();
    header.destinationPort = fixed.u16<2>();
    header.sequenceNumber = fixed.u32<4>();
    header.acknowledgmentNumber = fixed.u32<8>();
    header.controlBits.value = offsetAndBits & 0xfff;
    header.window = fixed.u16<14>();
    header.urgentPointer = fixed.u16<18>();

    const std::size_t headerSize = words * std::size_t{4};
    const bool mayBeSo = headerSize <= body.announced || body.isFragment;
    const std::size_t here = mayBeSo ? std::min(headerSize, body.bytes.size()) : 0;
    const ByteView space
        = body.bytes.subspan(tcpFixedPart, std::max(here, tcpFixedPart) - tcpFixedPart);
    decodeOptions(space, header.options);
    header.dataOffset = unless(automaticHeaderWords(tcpFixedPart + space.size()), words);
    header.checksum
        = unless(checksumOf(body.bytes, 16, pseudoHeader(IpProtocol::tcp, body)), fixed.u16<16>());
    tcpBody(headerSize,
        Body{body.bytes.subspan(tcpFixedPart + space.size()), body.announced, body.isFragment});
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
    const FixedPart<8> fixed(body.bytes);
    auto& header = add<UdpHeader>();
    header.sourcePort = fixed.u16<0>();
    header.destinationPort = fixed.u16<2>();
    header.length = unless(automaticLength(body.bytes.size()), fixed.u16<4>());
    header.checksum
        = unless(udpChecksumOf(body.bytes, pseudoHeader(IpProtocol::udp, body)), fixed.u16<6>());
    payload(body.bytes.subspan(8));
}

void Decoder::icmp(bool version6, const Body& body)
{
    if (!mayRead(version6 ? "ICMPv6" : "ICMP", 8, body))
        return;
    const FixedPart<8> fixed(body.bytes);
    auto& header = add<IcmpHeader>();
    header.version6 = version6;
    header.type = fixed.u8<0>();
    header.code = fixed.u8<1>();
    const OnesComplement sum = version6 ? pseudoHeader(IpProtocol::icmpv6, body) : OnesComplement();
    header.checksum = unless(checksumOf(body.bytes, 2, sum), fixed.u16<2>());
    header.rest = fixed.u32<4>();
    payload(body.bytes.subspan(8));
}

} // namespace tcpw
