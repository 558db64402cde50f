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

/// Writes the layers from the innermost outwards, so that each length and checksum is known when
/// its header is written.
class Encoder
{
public:
    explicit Encoder(const std::vector<Layer>& layers)
        : m_layers(layers)
        , m_sizes(layers)
        , m_bytes(m_sizes.total())
        , m_offset(m_sizes.total())
    {
    }

    Bytes encode();

    void operator()(const EthernetHeader& header);
    void operator()(const VlanTag& header);
    void operator()(const SnapHeader& header);
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
    void operator()(const Payload& payload) { room().append(payload.bytes); }
    void operator()(const Trailer& trailer) { room().append(trailer.bytes); }
    void operator()(const Rest& rest) { room().append(rest.bytes); }

private:
    FieldWriter room() { return FieldWriter(std::span(m_bytes).subspan(m_offset, m_size)); }
    /// This layer and all that an IP length counts behind it, up to the first trailer.
    ByteView covered() const { return ByteView(m_bytes).subspan(m_offset, m_covered); }
    const Layer* following() const
    {
        return m_index + 1 < m_layers.size() ? &m_layers[m_index + 1] : nullptr;
    }
    OnesComplement pseudoHeader(std::uint8_t protocol) const
    {
        return pseudoHeaderSum(m_layers, m_index, protocol, m_covered);
    }
    std::uint16_t etherType(std::optional<std::uint16_t> given) const
    {
        return given ? *given : automaticEtherType(following());
    }
    std::uint8_t nextHeader(std::optional<std::uint8_t> given) const
    {
        return given ? *given : automaticNextHeader(following());
    }
    /// Writes a checksum, which stands as zero in the bytes so far, at its place in this layer.
    void put(std::size_t position, std::uint16_t checksum)
    {
        FieldWriter(std::span(m_bytes).subspan(m_offset + position, 2)).u16(checksum);
    }

    const std::vector<Layer>& m_layers;
    const LayerWalk m_sizes;
    Bytes m_bytes;
    std::size_t m_index = 0;
    std::size_t m_offset; ///< of the layer that is being written, in bytes
    std::size_t m_size = 0;
    std::size_t m_covered = 0;
};

Bytes Encoder::encode()
{
    for (m_index = m_layers.size(); m_index-- > 0;) {
        const Layer& layer = m_layers[m_index];
        m_size = m_sizes.sizeOf(m_index);
        m_offset -= m_size;
        m_covered = std::holds_alternative<Trailer>(layer) ? 0 : m_covered + m_size;
        visitLayer(*this, layer);
    }
    return std::move(m_bytes);
}

void Encoder::operator()(const EthernetHeader& header)
{
    FieldWriter writer = room();
    writer.append(header.destination.octets);
    writer.append(header.source.octets);
    writer.u16(etherType(header.etherType));
}

void Encoder::operator()(const VlanTag& header)
{
    FieldWriter writer = room();
    writer.u16(static_cast<std::uint16_t>((header.priority & 7) << 13
        | (header.dropEligible ? 1 : 0) << 12 | (header.identifier & 0xfff)));
    writer.u16(etherType(header.etherType));
}

void Encoder::operator()(const SnapHeader& header)
{
    FieldWriter writer = room();
    writer.u8(header.destinationSap);
    writer.u8(header.sourceSap);
    writer.u8(header.control);
    writer.u8(static_cast<std::uint8_t>(header.organization >> 16));
    writer.u16(static_cast<std::uint16_t>(header.organization));
    writer.u16(etherType(header.etherType));
}

void Encoder::operator()(const LinuxCookedHeader& header)
{
    FieldWriter writer = room();
    writer.u16(header.packetType);
    writer.u16(header.hardwareType);
    writer.u16(header.addressLength);
    writer.append(header.address);
    writer.u16(etherType(header.protocol));
}

void Encoder::operator()(const LinuxCooked2Header& header)
{
    FieldWriter writer = room();
    writer.u16(etherType(header.protocol));
    writer.u16(header.reserved);
    writer.u32(header.interfaceIndex);
    writer.u16(header.hardwareType);
    writer.u8(header.packetType);
    writer.u8(header.addressLength);
    writer.append(header.address);
}

void Encoder::operator()(const LoopbackHeader& header)
{
    FieldWriter writer = room();
    const std::uint32_t family = header.family;
    writer.u32(header.bigEndian
            ? family
            : family << 24 | (family & 0xff00) << 8 | (family >> 8 & 0xff00) | family >> 24);
}

void Encoder::operator()(const ArpPacket& header)
{
    FieldWriter writer = room();
    writer.u16(header.hardwareType);
    writer.u16(header.protocolType);
    writer.u8(header.hardwareLength);
    writer.u8(header.protocolLength);
    writer.u16(header.operation);
    writer.append(header.senderHardware.octets);
    writer.u32(header.senderProtocol.value);
    writer.append(header.targetHardware.octets);
    writer.u32(header.targetProtocol.value);
}

void Encoder::operator()(const Ipv4Header& header)
{
    FieldWriter writer = room();
    const std::uint8_t words = header.headerLength.value_or(automaticHeaderWords(m_size));
    writer.u8(bits(header.version, 4, 4) | bits(words, 4));
    writer.u8(bits(header.dscp, 6, 2) | bits(header.ecn, 2));
    writer.u16(header.totalLength.value_or(automaticLength(m_covered)));
    writer.u16(header.identification);
    writer.u16(static_cast<std::uint16_t>((header.reservedFlag ? 0x8000 : 0)
        | (header.dontFragment ? 0x4000 : 0) | (header.moreFragments ? 0x2000 : 0)
        | (header.fragmentOffset & 0x1fff)));
    writer.u8(header.timeToLive);
    writer.u8(header.protocol ? *header.protocol : automaticProtocol(following()));
    writer.u16(header.headerChecksum.value_or(0));
    writer.u32(header.source.value);
    writer.u32(header.destination.value);
    encodeOptions(header.options, writer.rest());
    if (!header.headerChecksum)
        put(10, checksumOf(covered().first(m_size), 10));
}

void Encoder::operator()(const Ipv6Header& header)
{
    FieldWriter writer = room();
    writer.u32(std::uint32_t{bits(header.version, 4)} << 28
        | std::uint32_t{bits(header.dscp, 6)} << 22 | std::uint32_t{bits(header.ecn, 2)} << 20
        | (header.flowLabel & 0xfffff));
    writer.u16(header.payloadLength.value_or(automaticLength(m_covered - m_size)));
    writer.u8(nextHeader(header.nextHeader));
    writer.u8(header.hopLimit);
    writer.append(header.source.octets);
    writer.append(header.destination.octets);
}

void Encoder::operator()(const Ipv6Extension& header)
{
    FieldWriter writer = room();
    writer.u8(nextHeader(header.nextHeader));
    writer.u8(header.length.value_or(automaticExtensionLength(header)));
    writer.append(header.body);
}

void Encoder::operator()(const Ipv6Fragment& header)
{
    FieldWriter writer = room();
    writer.u8(nextHeader(header.nextHeader));
    writer.u8(header.reserved);
    writer.u16(static_cast<std::uint16_t>((header.fragmentOffset & 0x1fff) << 3
        | (header.reservedBits & 3) << 1 | (header.moreFragments ? 1 : 0)));
    writer.u32(header.identification);
}

void Encoder::operator()(const TcpHeader& header)
{
    FieldWriter writer = room();
    const std::uint8_t words = header.dataOffset.value_or(automaticHeaderWords(m_size));
    writer.u16(header.sourcePort);
    writer.u16(header.destinationPort);
    writer.u32(header.sequenceNumber);
    writer.u32(header.acknowledgmentNumber);
    writer.u16(static_cast<std::uint16_t>((words & 15) << 12 | (header.controlBits.value & 0xfff)));
    writer.u16(header.window);
    writer.u16(header.checksum.value_or(0));
    writer.u16(header.urgentPointer);
    encodeOptions(header.options, writer.rest());
    if (!header.checksum)
        put(16, checksumOf(covered(), 16, pseudoHeader(IpProtocol::tcp)));
}

void Encoder::operator()(const UdpHeader& header)
{
    FieldWriter writer = room();
    writer.u16(header.sourcePort);
    writer.u16(header.destinationPort);
    writer.u16(header.length.value_or(automaticLength(m_covered)));
    writer.u16(header.checksum.value_or(0));
    if (!header.checksum)
        put(6, udpChecksumOf(covered(), pseudoHeader(IpProtocol::udp)));
}

void Encoder::operator()(const IcmpHeader& header)
{
    FieldWriter writer = room();
    writer.u8(header.type);
    writer.u8(header.code);
    writer.u16(header.checksum.value_or(0));
    writer.u32(header.rest);
    if (!header.checksum)
        put(2,
            checksumOf(covered(), 2,
                header.version6 ? pseudoHeader(IpProtocol::icmpv6) : OnesComplement()));
}

} // namespace

Bytes encode(const Packet& packet)
{
    return Encoder(packet.layers).encode();
}

} // namespace tcpw
