// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/segmentfacts.h"

#include "base/bytereader.h"
#include "packet/jumbo.h"
#include "packet/protocols.h"

#include <algorithm>

namespace tcpw {

namespace {

constexpr std::size_t ipv4FixedPart = 20;
constexpr std::size_t ipv6FixedPart = 40;
constexpr std::size_t fragmentSize = 8;
constexpr std::size_t tcpFixedPart = 20;
constexpr std::uint16_t netlinkHardware = 824; // ARPHRD_NETLINK: the protocol is no EtherType

/// What an IP header carries, as places in the frame.
struct Body
{
    std::size_t begin = 0;
    std::size_t capturedEnd = 0;
    std::size_t end = 0; ///< by the IP length, within the frame on the wire
    bool isFragment = false;
};

/// Walks down the headers that decode() would walk down, and fills in the facts of a TCP header.
class SegmentReader
{
public:
    SegmentReader(ByteView frame, std::uint32_t originalLength, SegmentFacts& facts)
        : m_frame(frame)
        , m_wireLength(std::max<std::size_t>(originalLength, frame.size()))
        , m_facts(facts)
    {
    }

    /// True when there is a TCP header.
    bool read(LinkType linkType);

private:
    bool byEtherType(std::uint16_t type, std::size_t offset);
    bool lengthFrame(std::size_t length, std::size_t offset);
    bool cooked(std::size_t size, std::uint16_t hardware, std::uint16_t type);
    bool loopback(bool bigEndian);
    bool ipv4(std::size_t offset);
    bool ipv6(std::size_t offset);
    bool ipv6Chain(std::uint8_t type, Body body);
    bool tcp(const Body& body);
    void options(ByteView space);
    void option(std::uint8_t kind, ByteView data);

    /// Counts a header as decode() does, whose layers are limited, when its fixed part is there.
    bool mayRead(std::size_t begin, std::size_t end, std::size_t fixedPart)
    {
        const std::size_t most = static_cast<std::size_t>(DecodeLimits().maximumLayers);
        return end - begin >= fixedPart && m_layers++ < most;
    }
    ByteReader at(std::size_t offset) const { return ByteReader(m_frame.subspan(offset)); }

    ByteView m_frame;
    std::size_t m_wireLength;
    SegmentFacts& m_facts;
    std::size_t m_layers = 0;
};

bool SegmentReader::read(LinkType linkType)
{
    const std::size_t size = m_frame.size();
    ByteReader reader(m_frame);
    switch (linkType) {
    case LinkType::ethernet:
        reader.skip(12);
        return mayRead(0, size, 14) && byEtherType(reader.u16(), 14);
    case LinkType::linuxCooked: {
        reader.skip(2);
        const std::uint16_t hardware = reader.u16();
        reader.skip(10);
        return mayRead(0, size, 16) && cooked(16, hardware, reader.u16());
    }
    case LinkType::linuxCooked2: {
        const std::uint16_t type = reader.u16();
        reader.skip(6);
        return mayRead(0, size, 20) && cooked(20, reader.u16(), type);
    }
    case LinkType::null:
    case LinkType::loop:
        return mayRead(0, size, 4) && loopback(linkType == LinkType::loop);
    case LinkType::raw:
        if (size > 0 && m_frame[0] >> 4 == 4)
            return ipv4(0);
        return size > 0 && m_frame[0] >> 4 == 6 && ipv6(0);
    case LinkType::ipv4:
        return ipv4(0);
    case LinkType::ipv6:
        return ipv6(0);
    }
    return false;
}

bool SegmentReader::cooked(std::size_t size, std::uint16_t hardware, std::uint16_t type)
{
    if (hardware == netlinkHardware || type < EtherType::smallest)
        return false;
    return byEtherType(type, size);
}

/// Families are small numbers, so the zeros tell the byte order of the capturing machine.
bool SegmentReader::loopback(bool bigEndian)
{
    const std::uint32_t value = at(0).u32();
    const bool swapped = !bigEndian && (value == 0 || value > 0xffff);
    const std::uint32_t family = swapped
        ? value << 24 | (value & 0xff00) << 8 | (value >> 8 & 0xff00) | value >> 24
        : value;
    switch (family) {
    case 2:
        return ipv4(4);
    case 10:
    case 24:
    case 28:
    case 30:
        return ipv6(4);
    }
    return false;
}

bool SegmentReader::byEtherType(std::uint16_t type, std::size_t offset)
{
    while (announcesVlan(type)) {
        if (!mayRead(offset, m_frame.size(), 4))
            return false;
        type = at(offset + 2).u16();
        offset += 4;
    }
    if (type != 0 && type < EtherType::smallest)
        return lengthFrame(type, offset);
    if (type == EtherType::ipv4)
        return ipv4(offset);
    return type == EtherType::ipv6 && ipv6(offset);
}

/// What exceeds the length is padding; only LLC/SNAP leads to IP.
bool SegmentReader::lengthFrame(std::size_t length, std::size_t offset)
{
    m_frame = m_frame.first(std::min(offset + length, m_frame.size()));
    m_wireLength = std::min(offset + length, m_wireLength);
    if (!beginsWithSnap(m_frame.subspan(std::min(offset, m_frame.size())))
        || !mayRead(offset, m_frame.size(), snapSize))
        return false;
    const std::uint16_t type = at(offset + snapSize - 2).u16();
    return type >= EtherType::smallest && byEtherType(type, offset + snapSize);
}

bool SegmentReader::ipv4(std::size_t offset)
{
    if (!mayRead(offset, m_frame.size(), ipv4FixedPart))
        return false;
    ByteReader reader = at(offset);
    const std::uint8_t first = reader.u8();
    const std::size_t headerSize = (first & 15u) * 4u;
    m_facts.versionFits = first >> 4 == 4;
    reader.skip(1);
    const std::size_t total = reader.u16();
    reader.skip(2);
    const std::uint16_t fragment = reader.u16();
    reader.skip(1);
    const std::uint8_t protocol = reader.u8();
    reader.skip(2);
    m_facts.source.address = Ipv4Address{reader.u32()};
    m_facts.destination.address = Ipv4Address{reader.u32()};

    const std::size_t end = total == 0 ? m_wireLength : offset + total;
    if (protocol != IpProtocol::tcp || headerSize < ipv4FixedPart || end < offset + headerSize
        || (fragment & 0x1fff) != 0 || offset + headerSize > m_frame.size())
        return false;
    return tcp({offset + headerSize, std::min(end, m_frame.size()), std::min(end, m_wireLength),
        (fragment & 0x2000) != 0});
}

bool SegmentReader::ipv6(std::size_t offset)
{
    if (!mayRead(offset, m_frame.size(), ipv6FixedPart))
        return false;
    ByteReader reader = at(offset);
    m_facts.versionFits = reader.u32() >> 28 == 6;
    const std::size_t length = reader.u16();
    const std::uint8_t type = reader.u8();
    reader.skip(1);
    Ipv6Address source, destination;
    std::ranges::copy(reader.take(16), source.octets.begin());
    std::ranges::copy(reader.take(16), destination.octets.begin());
    m_facts.source.address = source;
    m_facts.destination.address = destination;

    const std::size_t begin = offset + ipv6FixedPart;
    std::size_t end = begin + length;
    if (length == 0 && type != IpProtocol::noNextHeader) {
        const auto jumbo = jumboLength(type, reader.remainingView());
        end = jumbo ? begin + *jumbo : m_wireLength;
    }
    return ipv6Chain(
        type, {begin, std::min(end, m_frame.size()), std::min(end, m_wireLength), false});
}

bool SegmentReader::ipv6Chain(std::uint8_t type, Body body)
{
    while (isExtension(type) || type == IpProtocol::fragment) {
        const bool isFragment = type == IpProtocol::fragment;
        if (!mayRead(body.begin, body.capturedEnd, isFragment ? fragmentSize : 2))
            return false;
        ByteReader reader = at(body.begin);
        const std::uint8_t next = reader.u8();
        const std::size_t length = reader.u8();
        std::size_t size = fragmentSize;
        if (isFragment) {
            const std::uint16_t place = reader.u16();
            if (place >> 3 != 0)
                return false;
            body.isFragment = body.isFragment || (place & 1) != 0;
        } else {
            size = type == IpProtocol::authentication ? (length + 2) * 4 : (length + 1) * 8;
        }
        if (size > body.capturedEnd - body.begin)
            return false;
        body.begin += size;
        type = next;
    }
    return type == IpProtocol::tcp && tcp(body);
}

bool SegmentReader::tcp(const Body& body)
{
    if (!mayRead(body.begin, body.capturedEnd, tcpFixedPart))
        return false;
    ByteReader reader = at(body.begin);
    m_facts.source.port = reader.u16();
    m_facts.destination.port = reader.u16();
    m_facts.sequenceNumber = reader.u32();
    m_facts.acknowledgmentNumber = reader.u32();
    const std::uint16_t offsetAndBits = reader.u16();
    m_facts.controlBits.value = offsetAndBits & 0xfff;
    m_facts.window = reader.u16();

    const std::size_t headerSize = (offsetAndBits >> 12) * 4u;
    const std::size_t length = body.end - body.begin;
    if (headerSize < tcpFixedPart || (headerSize > length && !body.isFragment))
        return true;
    m_facts.isWhole = !body.isFragment;
    const std::size_t data = std::min(body.begin + headerSize, body.capturedEnd);
    m_facts.dataOffset = static_cast<std::uint32_t>(data);
    m_facts.dataLength = static_cast<std::uint32_t>(length - std::min(headerSize, length));
    m_facts.capturedData = static_cast<std::uint32_t>(body.capturedEnd - data);
    options(m_frame.subspan(body.begin + tcpFixedPart, data - body.begin - tcpFixedPart));
    return true;
}

/// RFC 9293, section 3.1: a kind, and for all but two a length that counts both bytes.
void SegmentReader::options(ByteView space)
{
    std::size_t i = 0;
    while (i < space.size() && space[i] != TcpOptionKind::endOfList) {
        if (space[i] == TcpOptionKind::noOperation) {
            ++i;
            continue;
        }
        const std::size_t length = i + 1 < space.size() ? space[i + 1] : 0;
        if (length < 2 || length > space.size() - i)
            return;
        option(space[i], space.subspan(i + 2, length - 2));
        i += length;
    }
}

void SegmentReader::option(std::uint8_t kind, ByteView data)
{
    ByteReader reader(data);
    if (kind == TcpOptionKind::timestamps && data.size() == 8) {
        m_facts.hasTimestamps = true;
    } else if (kind == TcpOptionKind::sack && data.size() % 8 == 0 && data.size() >= 8
        && data.size() <= 32) {
        const std::uint32_t left = reader.u32();
        m_facts.sack = SackBlock{left, reader.u32()};
    } else if (kind == TcpOptionKind::windowScale && data.size() == 1) {
        m_facts.windowScale = reader.u8();
    } else if (kind == TcpOptionKind::sackPermitted && data.empty()) {
        m_facts.sackPermitted = true;
    }
}

} // namespace

std::optional<SegmentFacts> readSegment(
    ByteView bytes, LinkType linkType, std::uint32_t originalLength)
{
    std::optional<SegmentFacts> facts(std::in_place);
    if (!SegmentReader(bytes, originalLength, *facts).read(linkType))
        facts.reset();
    return facts;
}

} // namespace tcpw
