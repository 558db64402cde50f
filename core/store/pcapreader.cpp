// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/pcapreader.h"

#include "store/captureformat.h"

#include <algorithm>
#include <vector>

namespace tcpw {

namespace {

namespace format = captureformat;
namespace pcap = captureformat::pcap;

constexpr std::uint16_t majorVersion = 2;
constexpr std::uint16_t digitalUnixMajorVersion = 543; // with lengths exchanged, as libpcap knows
constexpr std::uint16_t newestMinorVersion = 4;

// Sizes of record headers beside the plain one: Nokia's; those of Kuznetzov's patches, which Red
// Hat 6.1 and SuSE 6.3 shipped.
constexpr std::size_t nokiaSize = 20;
constexpr std::size_t modifiedSize = 24;
constexpr std::size_t modifiedSuseSize = 28;

constexpr unsigned recordsToTry = 4;
constexpr std::uint8_t packetOutgoing = 4; // PACKET_OUTGOING of <linux/if_packet.h>

bool areNear(std::uint32_t secondsA, std::uint32_t secondsB)
{
    constexpr std::uint32_t year = 366 * 24 * 3600;
    return (secondsA > secondsB ? secondsA - secondsB : secondsB - secondsA) < year;
}

bool isMagic(std::uint32_t number)
{
    return number == pcap::magicMicroseconds || number == pcap::magicNanoseconds
        || number == pcap::magicModified;
}

/// Some systems wrote their own number for raw IP before there was a common one.
LinkType linkTypeOfField(std::uint32_t field)
{
    const auto number = static_cast<std::uint16_t>(field & 0xffff);
    return number == 12 || number == 14 ? LinkType::raw : LinkType{number};
}

} // namespace

std::optional<ByteOrder> PcapReader::byteOrder(ByteView start)
{
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
        FieldReader reader(start, order);
        if (isMagic(reader.u32()) && !reader.failed())
            return order;
    }
    return {};
}

Result<std::unique_ptr<CaptureReader>> PcapReader::open(ByteSource& source)
{
    std::unique_ptr<PcapReader> reader(new PcapReader(source));
    if (auto problem = reader->readHeader(); !problem.empty())
        return failure(std::move(problem));
    return reader;
}

std::string PcapReader::readHeader()
{
    const ByteView header = m_window.at(0, pcap::headerSize);
    if (header.size() < pcap::headerSize)
        return "It is not a capture file: it ends in the middle of pcap's file header.";
    m_order = byteOrder(header).value_or(ByteOrder::little);
    FieldReader reader(header, m_order);
    const std::uint32_t magic = reader.u32();
    const std::uint16_t major = reader.u16();
    m_minorVersion = reader.u16();
    reader.skip(12); // time zone, accuracy of stamps, and a snapshot length that we do not trust
    const std::uint32_t network = reader.u32();

    const std::string version = std::to_string(major) + '.' + std::to_string(m_minorVersion);
    if (major != majorVersion && major != digitalUnixMajorVersion)
        return "It is a pcap file of version " + version + ", which is not known (2.4 is).";
    if (network & 0x03ff0000)
        return "Its link type " + std::to_string(network) + " has bits set that have no meaning.";
    if (major == majorVersion && m_minorVersion > newestMinorVersion)
        note("The file says that it is of pcap version " + version + "; it is read as 2.4.");
    if (major == digitalUnixMajorVersion)
        m_minorVersion = 2;

    m_linkType = linkTypeOfField(network);
    if (magic == pcap::magicNanoseconds)
        m_fractionsPerSecond = 1'000'000'000;
    m_position = pcap::headerSize;
    chooseRecordSize(magic);
    return {};
}

/// The modified forms do not tell themselves apart from each other, nor Red Hat's and Nokia's from
/// the plain one: take another form only where the first records make sense by no simpler one.
void PcapReader::chooseRecordSize(std::uint32_t magic)
{
    m_recordHeaderSize = pcap::recordHeaderSize;
    if (magic == pcap::magicNanoseconds)
        return;
    const auto forms = magic == pcap::magicModified
        ? std::vector<std::size_t>{modifiedSize, modifiedSuseSize}
        : std::vector<std::size_t>{pcap::recordHeaderSize, modifiedSize, nokiaSize};
    const auto found = std::find_if(
        forms.begin(), forms.end(), [this](std::size_t size) { return makesSense(size); });
    m_recordHeaderSize = found == forms.end() ? forms.front() : *found;
    m_hasPacketType = m_recordHeaderSize >= modifiedSize;
}

/// Whether the first records, up to the file's end, make sense with headers of this size.
bool PcapReader::makesSense(std::size_t headerSize)
{
    std::uint64_t position = m_position;
    RecordHeader first;
    for (unsigned count = 0; count < recordsToTry; ++count) {
        const ByteView bytes = m_window.at(position, headerSize);
        if (bytes.size() < headerSize)
            return count > 0;
        const RecordHeader record = parse(bytes);
        if (count == 0)
            first = record;
        if (!isPlausible(record) || !areNear(record.seconds, first.seconds))
            return false;
        position += headerSize + record.capturedLength;
    }
    return true;
}

bool PcapReader::isPlausible(const RecordHeader& record) const
{
    return record.fraction < m_fractionsPerSecond && record.capturedLength > 0
        && record.capturedLength <= format::maximumPacketLength
        && record.originalLength >= record.capturedLength
        && record.originalLength <= format::maximumBlockLength;
}

PcapReader::RecordHeader PcapReader::parse(ByteView bytes) const
{
    FieldReader reader(bytes, m_order);
    RecordHeader record;
    record.seconds = reader.u32();
    record.fraction = reader.u32();
    record.capturedLength = reader.u32();
    record.originalLength = reader.u32();
    reader.skip(6); // the device's number and the EtherType, in the modified forms
    record.packetType = reader.u8();
    // Before version 2.3 the lengths stood the other way round, in 2.3 some programs wrote them so.
    const bool exchanged = m_minorVersion < 3
        || (m_minorVersion == 3 && record.capturedLength > record.originalLength);
    if (exchanged)
        std::swap(record.capturedLength, record.originalLength);
    return record;
}

bool PcapReader::lengthPrecedesBytes() const
{
    return m_recordHeaderSize == pcap::recordHeaderSize && m_minorVersion >= 4;
}

Origin PcapReader::origin(const RecordHeader& record) const
{
    if (!m_hasPacketType)
        return Origin::unknown;
    return record.packetType == packetOutgoing ? Origin::kernel : Origin::peer;
}

/// Space that was set aside, or lost in a crash, reads as zeros; those are no packets.
bool PcapReader::holdsOnlyZeros()
{
    constexpr std::size_t enough = 1024;
    const ByteView bytes = m_window.at(m_position, enough);
    return bytes.size() == enough
        && std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

CaptureReader::Step PcapReader::next(FoundPacket& packet)
{
    if (m_position >= m_window.size() || stopped())
        return Step::end;
    const ByteView bytes = m_window.at(m_position, m_recordHeaderSize);
    if (bytes.size() < m_recordHeaderSize)
        return stopCut(nextPacketName());
    const RecordHeader record = parse(bytes);
    if (record.capturedLength > format::maximumPacketLength)
        return stop("Reading stopped at " + nextPacketName() + ": it claims to have "
            + std::to_string(record.capturedLength) + " bytes, and no packet has more than "
            + std::to_string(format::maximumPacketLength) + '.');
    const std::uint64_t size = m_recordHeaderSize + std::uint64_t{record.capturedLength};
    if (size > m_window.size() - m_position)
        return stopCut(nextPacketName());
    if (record.seconds == 0 && record.originalLength == 0 && holdsOnlyZeros())
        return stop("Reading stopped " + place() + ": only zero bytes follow.");

    const std::int64_t nanosecondsPerFraction = 1'000'000'000 / m_fractionsPerSecond;
    packet.offset = m_position + m_recordHeaderSize;
    packet.record = {};
    packet.record.timestamp
        = std::int64_t{record.seconds} * 1'000'000'000 + record.fraction * nanosecondsPerFraction;
    packet.record.capturedLength = record.capturedLength;
    packet.record.originalLength = record.originalLength;
    packet.record.linkType = m_linkType;
    packet.record.origin = origin(record);
    return found(size);
}

} // namespace tcpw
