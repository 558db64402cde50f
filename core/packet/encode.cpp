// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytewriter.h"
#include "packet/computed.h"
#include "packet/layerwalk.h"
#include "packet/packet.h"

namespace tcpw {

namespace {

std::uint8_t bits(unsigned value, int width, int shift = 0)
{
    return static_cast<std::uint8_t>((value & ((1u << width) - 1)) << shift);
}

/// Writes one header; an empty checksum becomes zero and is filled in by writeChecksums().
class Encoder
{
public:
    Encoder(const LayerWalk& walk, ByteWriter& writer)
        : m_walk(walk)
        , m_writer(writer)
    {
    }

    void operator()(const EthernetHeader& header) const;
    void operator()(const VlanTag& header) const;
    void operator()(const LinuxCookedHeader& header) const;
    void operator()(const LinuxCooked2Header& header) const;
    void operator()(const LoopbackHeader& header) const;
    void operator()(const ArpPacket& header) const;
    void operator()(const Ipv4Header& header) const;
    void operator()(const Ipv6Header& header) const;
    void operator()(const Ipv6Extension& header) const;
    void operator()(const Ipv6Fragment& header) const;
    void operator()(const TcpHeader& header) const;
    void operator()(const UdpHeader& header) const;
    void operator()(const IcmpHeader& header) const;
    void operator()(const Payload& payload) const { m_writer.append(payload.bytes); }
    void operator()(const Trailer& trailer) const { m_writer.append(trailer.bytes); }
    void operator()(const Rest& rest) const { m_writer.append(rest.bytes); }

private:
    void etherType(std::optional<std::uint16_t> given) const
    {
        m_writer.u16(given ? *given : automaticEtherType(m_walk.following()));
    }
    void nextHeader(std::optional<std::uint8_t> given) const
    {
        m_writer.u8(given ? *given : automaticNextHeader(m_walk.following()));
    }

    const LayerWalk& m_walk;
    ByteWriter& m_writer;
};

void Encoder::operator()(const EthernetHeader& header) const
{
    m_writer.append(header.destination.octets);
    m_writer.append(header.source.octets);
    etherType(header.etherType);
}

void Encoder::operator()(const VlanTag& header) const
{
    m_writer.u16(static_cast<std::uint16_t>((header.priority & 7) << 13
        | (header.dropEligible ? 1 : 0) << 12 | (header.identifier & 0xfff)));
    etherType(header.etherType);
}

void Encoder::operator()(const LinuxCookedHeader& header) const
{
    m_writer.u16(header.packetType);
    m_writer.u16(header.hardwareType);
    m_writer.u16(header.addressLength);
    m_writer.append(header.address);
    etherType(header.protocol);
}

void Encoder::operator()(const LinuxCooked2Header& header) const
{
    etherType(header.protocol);
    m_writer.u16(header.reserved);
    m_writer.u32(header.interfaceIndex);
    m_writer.u16(header.hardwareType);
    m_writer.u8(header.packetType);
    m_writer.u8(header.addressLength);
    m_writer.append(header.address);
}

void Encoder::operator()(const LoopbackHeader& header) const
{
    const std::uint32_t family = header.family;
    m_writer.u32(header.bigEndian
            ? family
            : family << 24 | (family & 0xff00) << 8 | (family >> 8 & 0xff00) | family >> 24);
}

void Encoder::operator()(const ArpPacket& header) const
{
    m_writer.u16(header.hardwareType);
    m_writer.u16(header.protocolType);
    m_writer.u8(header.hardwareLength);
    m_writer.u8(header.protocolLength);
    m_writer.u16(header.operation);
    m_writer.append(header.senderHardware.octets);
    m_writer.u32(header.senderProtocol.value);
    m_writer.append(header.targetHardware.octets);
    m_writer.u32(header.targetProtocol.value);
}

void Encoder::operator()(const Ipv4Header& header) const
{
    const std::uint8_t words = header.headerLength.value_or(automaticHeaderWords(m_walk.size()));
    m_writer.u8(bits(header.version, 4, 4) | bits(words, 4));
    m_writer.u8(bits(header.dscp, 6, 2) | bits(header.ecn, 2));
    m_writer.u16(header.totalLength.value_or(automaticLength(m_walk.covered())));
    m_writer.u16(header.identification);
    m_writer.u16(static_cast<std::uint16_t>((header.reservedFlag ? 0x8000 : 0)
        | (header.dontFragment ? 0x4000 : 0) | (header.moreFragments ? 0x2000 : 0)
        | (header.fragmentOffset & 0x1fff)));
    m_writer.u8(header.timeToLive);
    m_writer.u8(header.protocol ? *header.protocol : automaticProtocol(m_walk.following()));
    m_writer.u16(header.headerChecksum.value_or(0));
    m_writer.u32(header.source.value);
    m_writer.u32(header.destination.value);
    encodeOptions(header.options, m_writer);
}

void Encoder::operator()(const Ipv6Header& header) const
{
    m_writer.u32(std::uint32_t{bits(header.version, 4)} << 28
        | std::uint32_t{bits(header.dscp, 6)} << 22 | std::uint32_t{bits(header.ecn, 2)} << 20
        | (header.flowLabel & 0xfffff));
    m_writer.u16(header.payloadLength.value_or(automaticLength(m_walk.covered() - m_walk.size())));
    nextHeader(header.nextHeader);
    m_writer.u8(header.hopLimit);
    m_writer.append(header.source.octets);
    m_writer.append(header.destination.octets);
}

void Encoder::operator()(const Ipv6Extension& header) const
{
    nextHeader(header.nextHeader);
    m_writer.u8(header.length.value_or(automaticExtensionLength(header)));
    m_writer.append(header.body);
}

void Encoder::operator()(const Ipv6Fragment& header) const
{
    nextHeader(header.nextHeader);
    m_writer.u8(header.reserved);
    m_writer.u16(static_cast<std::uint16_t>((header.fragmentOffset & 0x1fff) << 3
        | (header.reservedBits & 3) << 1 | (header.moreFragments ? 1 : 0)));
    m_writer.u32(header.identification);
}

void Encoder::operator()(const TcpHeader& header) const
{
    const std::uint8_t words = header.dataOffset.value_or(automaticHeaderWords(m_walk.size()));
    m_writer.u16(header.sourcePort);
    m_writer.u16(header.destinationPort);
    m_writer.u32(header.sequenceNumber);
    m_writer.u32(header.acknowledgmentNumber);
    m_writer.u16(
        static_cast<std::uint16_t>((words & 15) << 12 | (header.controlBits.value & 0xfff)));
    m_writer.u16(header.window);
    m_writer.u16(header.checksum.value_or(0));
    m_writer.u16(header.urgentPointer);
    encodeOptions(header.options, m_writer);
}

void Encoder::operator()(const UdpHeader& header) const
{
    m_writer.u16(header.sourcePort);
    m_writer.u16(header.destinationPort);
    m_writer.u16(header.length.value_or(automaticLength(m_walk.covered())));
    m_writer.u16(header.checksum.value_or(0));
}

void Encoder::operator()(const IcmpHeader& header) const
{
    m_writer.u8(header.type);
    m_writer.u8(header.code);
    m_writer.u16(header.checksum.value_or(0));
    m_writer.u32(header.rest);
}

/// Fills in the empty checksums from the innermost layer outwards, so that each covers bytes that
/// are complete.
void writeChecksums(const std::vector<Layer>& layers, ByteWriter& writer)
{
    std::size_t offset = writer.size();
    std::size_t covered = 0;
    for (std::size_t i = layers.size(); i-- > 0;) {
        const std::size_t size = encodedSize(layers[i]);
        offset -= size;
        covered = std::holds_alternative<Trailer>(layers[i]) ? 0 : covered + size;
        const auto* checksum = checksumField(layers[i]);
        if (!checksum || *checksum)
            continue;
        writer.putU16(offset + *checksumPosition(layers[i]),
            automaticChecksum(layers, i, writer.view().subspan(offset, covered)));
    }
}

} // namespace

Bytes encode(const Packet& packet)
{
    std::size_t total = 0;
    for (const Layer& layer : packet.layers)
        total += encodedSize(layer);
    ByteWriter writer(total);
    for (LayerWalk walk(packet.layers); !walk.atEnd(); walk.next())
        std::visit(Encoder(walk, writer), walk.layer());
    writeChecksums(packet.layers, writer);
    return writer.take();
}

} // namespace tcpw
