// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/pcapngreader.h"

#include "store/captureformat.h"

#include <algorithm>
#include <utility>

namespace tcpw {

namespace {

namespace format = captureformat;
namespace pcapng = captureformat::pcapng;

constexpr std::size_t trailerSize = 4;
constexpr std::size_t interfaceOptionsOffset = 16;
constexpr std::size_t simplePacketDataOffset = 12;
constexpr std::uint8_t manyDevices = 255; // all from there on

constexpr std::uint64_t paddedTo4(std::uint64_t size)
{
    return (size + 3) & ~std::uint64_t{3};
}

bool isPacketBlock(std::uint32_t type)
{
    return type == pcapng::enhancedPacket || type == pcapng::simplePacket
        || type == pcapng::obsoletePacket;
}

bool isKnownVersion(std::uint16_t major, std::uint16_t minor)
{
    return major == 1 && (minor == 0 || minor == 2); // some programs write 1.2 and mean 1.0
}

} // namespace

Result<std::unique_ptr<CaptureReader>> PcapngReader::open(ByteSource& source)
{
    std::unique_ptr<PcapngReader> reader(new PcapngReader(source));
    if (!reader->findByteOrder())
        return failure("It is not a capture file: it begins as pcapng does, but is not.");
    FoundPacket none;
    if (reader->next(none) == Step::end)
        return failure("It is a pcapng file that cannot be read. " + reader->problem());
    return reader;
}

FieldReader PcapngReader::fieldsAt(std::uint64_t position, std::size_t size)
{
    return FieldReader(m_window.at(position, size), m_order);
}

bool PcapngReader::findByteOrder()
{
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
        FieldReader reader(m_window.at(m_position + 8, 4), order);
        if (reader.u32() == pcapng::byteOrderMagic) {
            m_order = order;
            return true;
        }
    }
    return false;
}

CaptureReader::Step PcapngReader::next(FoundPacket& packet)
{
    if (m_position >= m_window.size() || stopped())
        return Step::end;
    packet.comments.clear();
    FieldReader reader = fieldsAt(m_position, 8);
    Block block;
    block.type = reader.u32(); // that of a section reads the same in both byte orders
    if (reader.failed())
        return stopCut("a block " + place());
    if (block.type == pcapng::sectionHeader && !findByteOrder()) {
        if (m_window.size() - m_position < pcapng::minimumBlockSize)
            return stopCut("the section header " + place());
        return stop("Reading stopped " + place() + ": the section's byte order is not known.");
    }
    reader = fieldsAt(m_position, 8);
    reader.skip(4);
    block.length = reader.u32();
    if (reader.failed())
        return stopCut(isPacketBlock(block.type) ? nextPacketName() : "a block " + place());
    return readBlock(block, packet);
}

CaptureReader::Step PcapngReader::stopAtBlock(const Block& block)
{
    return stop("Reading stopped " + place() + ": a block cannot be " + std::to_string(block.length)
        + " bytes long.");
}

CaptureReader::Step PcapngReader::readBlock(const Block& block, FoundPacket& packet)
{
    if (block.length < pcapng::minimumBlockSize || block.length % 4 != 0
        || block.length > format::maximumBlockLength)
        return stopAtBlock(block);
    if (block.length > m_window.size() - m_position)
        return stopCut(isPacketBlock(block.type) ? nextPacketName() : "a block " + place());

    // Its other length may be missing where a program was killed that was about to write it.
    if (block.type == format::ours::droppedBlock)
        return pass(block.length);
    // Have the whole block in the window, for it is read back and forth.
    m_window.at(m_position, std::min<std::size_t>(block.length, ByteWindow::capacity));
    // The length stands at the end of a block again; where it differs, one of the two is wrong.
    FieldReader trailer = fieldsAt(m_position + block.length - trailerSize, trailerSize);
    const std::uint32_t repeated = trailer.u32();
    if (trailer.failed())
        return stopCut(isPacketBlock(block.type) ? nextPacketName() : "a block " + place());
    if (repeated != block.length)
        return stop("Reading stopped at the block " + place() + ": its length is "
            + std::to_string(block.length) + " at its beginning and " + std::to_string(repeated)
            + " at its end.");

    switch (block.type) {
    case pcapng::sectionHeader:
        return readSection(block);
    case pcapng::interfaceDescription:
        return readInterface(block);
    case pcapng::enhancedPacket:
    case pcapng::obsoletePacket:
        return readPacket(block, packet);
    case pcapng::simplePacket:
        return readSimplePacket(block, packet);
    }
    return pass(block.length);
}

CaptureReader::Step PcapngReader::readSection(const Block& block)
{
    if (block.length < pcapng::minimumSectionSize)
        return stopAtBlock(block);
    FieldReader reader = fieldsAt(m_position + 12, 4);
    const std::uint16_t major = reader.u16();
    const std::uint16_t minor = reader.u16();
    if (!isKnownVersion(major, minor))
        return stop("Reading stopped " + place() + ": the section is of pcapng version "
            + std::to_string(major) + '.' + std::to_string(minor)
            + ", which is not known (1.0 is).");
    m_interfaceCount += m_interfaces.size();
    m_interfaces.clear();
    return pass(block.length);
}

CaptureReader::Step PcapngReader::readInterface(const Block& block)
{
    if (block.length < interfaceOptionsOffset + trailerSize)
        return stopAtBlock(block);
    if (m_interfaces.size() >= format::maximumInterfaces)
        return stop("Reading stopped " + place() + ": the section has more than "
            + std::to_string(format::maximumInterfaces) + " interfaces.");
    Interface interface;
    FieldReader reader = fieldsAt(m_position + 8, 8);
    interface.linkType = LinkType{reader.u16()};
    reader.skip(2);
    interface.snapshotLength = reader.u32();
    interface.device = static_cast<std::uint8_t>(
        std::min<std::size_t>(m_interfaceCount + m_interfaces.size(), manyDevices));

    std::uint64_t position = m_position + interfaceOptionsOffset;
    const std::uint64_t end = m_position + block.length - trailerSize;
    for (Option option; nextOption(position, end, option);)
        applyInterfaceOption(option, interface);
    if (!interface.name.empty() && interface.device != manyDevices)
        m_deviceNames[interface.device] = std::exchange(interface.name, {});
    m_interfaces.push_back(interface);
    return pass(block.length);
}

/// The option at `position`, which moves behind it; false at the end of the options and where one
/// would leave its block.
bool PcapngReader::nextOption(std::uint64_t& position, std::uint64_t end, Option& option)
{
    if (end - position < 4)
        return false;
    FieldReader reader = fieldsAt(position, 4);
    option.code = reader.u16();
    option.length = reader.u16();
    option.position = position + 4;
    if (reader.failed() || option.code == pcapng::optionEnd
        || paddedTo4(option.length) > end - option.position)
        return false;
    position = option.position + paddedTo4(option.length);
    return true;
}

void PcapngReader::applyInterfaceOption(const Option& option, Interface& interface)
{
    if (option.code == pcapng::optionTimeResolution && option.length == 1) {
        const std::int64_t offset = interface.timeScale.offset;
        interface.timeScale = TimeScale::fromOption(fieldsAt(option.position, 1).u8());
        interface.timeScale.offset = offset;
    } else if (option.code == pcapng::optionTimeOffset && option.length == 8) {
        interface.timeScale.offset = static_cast<std::int64_t>(fieldsAt(option.position, 8).u64());
    } else if (option.code == pcapng::optionName) {
        interface.name = textOf(option, format::maximumNameLength);
    } else if (option.code == format::ours::option
        && option.length == format::ours::device.size() + 1
        && valueIs(option, format::ours::device)) {
        interface.device = fieldsAt(option.position + format::ours::device.size(), 1).u8();
    }
}

std::string PcapngReader::textOf(const Option& option, std::size_t maximumLength)
{
    const ByteView value
        = m_window.at(option.position, std::min<std::size_t>(option.length, maximumLength));
    return {value.begin(), std::find(value.begin(), value.end(), 0)};
}

/// Whether an option's value begins with this text.
bool PcapngReader::valueIs(const Option& option, std::string_view text)
{
    const ByteView value = m_window.at(option.position, text.size());
    return option.length >= text.size()
        && std::equal(value.begin(), value.end(), text.begin(), text.end(),
            [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
}

void PcapngReader::readPacketOptions(std::uint64_t position, std::uint64_t end, FoundPacket& packet)
{
    std::uint32_t direction = 0;
    bool injected = false;
    for (Option option; nextOption(position, end, option);) {
        if (option.code == pcapng::optionFlags && option.length == 4)
            direction = fieldsAt(option.position, 4).u32() & pcapng::flagDirectionMask;
        else if (option.code == format::ours::option)
            injected = valueIs(option, format::ours::injected);
        else if (option.code == pcapng::optionComment && option.length > 0
            && packet.comments.size() < format::maximumComments)
            packet.comments.push_back({option.position, option.length});
    }
    if (direction == pcapng::flagInbound)
        packet.record.origin = Origin::peer;
    else if (direction == pcapng::flagOutbound)
        packet.record.origin = injected ? Origin::me : Origin::kernel;
}

PcapngReader::PacketFields PcapngReader::packetFields(const Block& block)
{
    FieldReader reader = fieldsAt(m_position + 8, pcapng::packetDataOffset - 8);
    PacketFields fields;
    if (block.type == pcapng::obsoletePacket) {
        fields.interface = reader.u16();
        reader.skip(2); // how many packets were lost before this one
    } else {
        fields.interface = reader.u32();
    }
    const std::uint64_t high = reader.u32();
    fields.timestamp = high << 32 | reader.u32();
    fields.capturedLength = reader.u32();
    fields.originalLength = reader.u32();
    return fields;
}

CaptureReader::Step PcapngReader::leaveOutPacket(const Block& block, const std::string& why)
{
    return leaveOut(block.length, "The packet in the block " + place() + " was left out: " + why);
}

CaptureReader::Step PcapngReader::readPacket(const Block& block, FoundPacket& packet)
{
    if (block.length < pcapng::packetDataOffset + trailerSize)
        return stopAtBlock(block);
    const PacketFields fields = packetFields(block);
    const std::uint32_t room = block.length - std::uint32_t{pcapng::packetDataOffset + trailerSize};
    if (fields.capturedLength > room || fields.capturedLength > format::maximumPacketLength)
        return leaveOutPacket(block,
            "it claims to have " + std::to_string(fields.capturedLength) + " bytes, and "
                + std::to_string(std::min(room, format::maximumPacketLength)) + " are possible.");
    if (fields.interface >= m_interfaces.size())
        return leaveOutPacket(block,
            "it is of interface " + std::to_string(fields.interface)
                + ", which the file does not describe.");

    const Interface& interface = m_interfaces[fields.interface];
    packet.offset = m_position + pcapng::packetDataOffset;
    packet.record = {};
    packet.record.timestamp = interface.timeScale.toNanoseconds(fields.timestamp);
    packet.record.capturedLength = fields.capturedLength;
    packet.record.originalLength = fields.originalLength;
    packet.record.linkType = interface.linkType;
    packet.record.device = interface.device;
    readPacketOptions(packet.offset + paddedTo4(fields.capturedLength),
        m_position + block.length - trailerSize, packet);
    return found(block.length);
}

/// A simple packet block has no time and no captured length: that is the smaller of the original
/// length and the first interface's snapshot length.
CaptureReader::Step PcapngReader::readSimplePacket(const Block& block, FoundPacket& packet)
{
    if (block.length < simplePacketDataOffset + trailerSize)
        return stopAtBlock(block);
    if (m_interfaces.empty())
        return leaveOutPacket(block, "it is of interface 0, which the file does not describe.");
    const Interface& interface = m_interfaces.front();
    packet.record = {};
    packet.record.originalLength = fieldsAt(m_position + 8, 4).u32();
    packet.record.capturedLength = packet.record.originalLength;
    if (interface.snapshotLength > 0)
        packet.record.capturedLength
            = std::min(packet.record.capturedLength, interface.snapshotLength);
    const std::uint32_t room = block.length - std::uint32_t{simplePacketDataOffset + trailerSize};
    packet.record.capturedLength
        = std::min({packet.record.capturedLength, room, format::maximumPacketLength});
    packet.record.linkType = interface.linkType;
    packet.record.device = interface.device;
    packet.offset = m_position + simplePacketDataOffset;
    return found(block.length);
}

} // namespace tcpw
