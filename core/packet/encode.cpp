// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/fieldwriter.h"
#include "packet/computed.h"
#include "packet/layerwalk.h"
#include "packet/visitlayer.h"

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
    Encoder(const LayerWalk& walk, std::span<std::uint8_t> room)
        : m_walk(walk)
        , m_writer(room)
    {
    }

    void operator()(const EthernetHeader& header);
    void operator()(const VlanTag& header);
    void operator()(const LinuxCookedHeader& header);
    void operator()(const LinuxCooked2Header& header);
    void operator()(const LoopbackHeader& header);
    void operator()(const ArpPacket& header);
    void operator()(const Ipv4Header& header);
    void operator()(const Ipv6Header& header);
    void operator()(const Ipv6Extension& header);
    void operator()(const Ipv6Fragment& header);
    void operator()(const TcpHeader& header);
    void operator()(const UdpHeader& header);
    void operator()(const IcmpHeader& header);
    void operator()(const Payload& payload) { m_writer.append(payload.bytes); }
    void operator()(const Trailer& trailer) { m_writer.append(trailer.bytes); }
    void operator()(const Rest& rest) { m_writer.append(rest.bytes); }

private:
    void etherType(std::optional<std::uint16_t> given)
    {
        m_writer.u16(given ? *given : automaticEtherType(m_walk.following()));
    }
    void nextHeader(std::optional<std::uint8_t> given)
    {
        m_writer.u8(given ? *given : automaticNextHeader(m_walk.following()));
    }

    const LayerWalk& m_walk;
    FieldWriter m_writer;
};

void Encoder::operator()(const EthernetHeader& header)
{
    m_writer.append(header.destination.octets);
    m_writer.append(header.source.octets);
    etherType(header.etherType);
}

void Encoder::operator()(const VlanTag& header)
{
    m_writer.u16(static_cast<std::uint16_t>((header.priority & 7) << 13
        | (header.dropEligible ? 1 : 0) << 12 | (header.identifier & 0xfff)));
    etherType(header.etherType);
}

void Encoder::operator()(const LinuxCookedHeader& header)
{
    m_writer.u16(header.packetType);
    m_writer.u16(header.hardwareType);
    m_writer.u16(header.addressLength);
    m_writer.append(header.address);
    etherType(header.protocol);
}

void Encoder::operator()(const LinuxCooked2Header& header)
{
    etherType(header.protocol);
    m_writer.u16(header.reserved);
    m_writer.u32(header.interfaceIndex);
    m_writer.u16(header.hardwareType);
    m_writer.u8(header.packetType);
    m_writer.u8(header.addressLength);
    m_writer.append(header.address);
}

void Encoder::operator()(const LoopbackHeader& header)
{
    const std::uint32_t family = header.family;
    m_writer.u32(header.bigEndian
            ? family
            : family << 24 | (family & 0xff00) << 8 | (family >> 8 & 0xff00) | family >> 24);
}

void Encoder::operator()(const ArpPacket& header)
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

void Encoder::operator()(const Ipv4Header& header)
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
    encodeOptions(header.options, m_writer.rest());
}

void Encoder::operator()(const Ipv6Header& header)
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

void Encoder::operator()(const Ipv6Extension& header)
{
    nextHeader(header.nextHeader);
    m_writer.u8(header.length.value_or(automaticExtensionLength(header)));
    m_writer.append(header.body);
}

void Encoder::operator()(const Ipv6Fragment& header)
{
    nextHeader(header.nextHeader);
    m_writer.u8(header.reserved);
    m_writer.u16(static_cast<std::uint16_t>((header.fragmentOffset & 0x1fff) << 3
        | (header.reservedBits & 3) << 1 | (header.moreFragments ? 1 : 0)));
    m_writer.u32(header.identification);
}

void Encoder::operator()(const TcpHeader& header)
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
    encodeOptions(header.options, m_writer.rest());
}

void Encoder::operator()(const UdpHeader& header)
{
    m_writer.u16(header.sourcePort);
    m_writer.u16(header.destinationPort);
    m_writer.u16(header.length.value_or(automaticLength(m_walk.covered())));
    m_writer.u16(header.checksum.value_or(0));
}

void Encoder::operator()(const IcmpHeader& header)
{
    m_writer.u8(header.type);
    m_writer.u8(header.code);
    m_writer.u16(header.checksum.value_or(0));
    m_writer.u32(header.rest);
}

/// Fills in the empty checksums from the innermost layer outwards, so that each covers bytes that
/// are complete.
void writeChecksums(const std::vector<Layer>& layers, const LayerWalk& sizes, Bytes& bytes)
{
    std::size_t offset = bytes.size();
    std::size_t covered = 0;
    for (std::size_t i = layers.size(); i-- > 0;) {
        const std::size_t size = sizes.sizeOf(i);
        offset -= size;
        covered = std::holds_alternative<Trailer>(layers[i]) ? 0 : covered + size;
        const auto* checksum = checksumField(layers[i]);
        if (!checksum || *checksum)
            continue;
        const std::span<std::uint8_t> here = std::span(bytes).subspan(offset, covered);
        FieldWriter(here.subspan(*checksumPosition(layers[i])))
            .u16(automaticChecksum(layers, i, here));
    }
}

} // namespace

Bytes encode(const Packet& packet)
{
    LayerWalk walk(packet.layers);
    Bytes bytes(walk.total());
    for (; !walk.atEnd(); walk.next())
        visitLayer(
            Encoder(walk, std::span(bytes).subspan(walk.offset(), walk.size())), walk.layer());
    writeChecksums(packet.layers, walk, bytes);
    return bytes;
}

} // namespace tcpw
