// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/capturereader.h"
#include "store/fieldreader.h"
#include "store/timescale.h"

#include <vector>

namespace tcpw {

/// Reads pcapng: sections of either byte order, any number of interfaces, the three kinds of packet
/// blocks. Everything else is passed over. Devices are numbered through all sections, unless the
/// file is ours and says its own numbers; 255 stands for all from 255 on.
class PcapngReader : public CaptureReader
{
public:
    static Result<std::unique_ptr<CaptureReader>> open(ByteSource& source);

    Step next(FoundPacket& packet) override;
    bool lengthPrecedesBytes() const override { return true; }

private:
    struct Interface
    {
        LinkType linkType = LinkType::ethernet;
        std::uint8_t device = 0;
        std::uint32_t snapshotLength = 0; ///< 0: no limit
        TimeScale timeScale;
        std::string name; ///< "" when the file does not say
    };
    struct Block
    {
        std::uint32_t type = 0;
        std::uint32_t length = 0;
    };
    struct Option
    {
        std::uint16_t code = 0;
        std::uint16_t length = 0;
        std::uint64_t position = 0; ///< of its value
    };
    /// What an enhanced or an obsolete packet block says before the packet's bytes.
    struct PacketFields
    {
        std::uint32_t interface = 0;
        std::uint64_t timestamp = 0;
        std::uint32_t capturedLength = 0;
        std::uint32_t originalLength = 0;
    };

    explicit PcapngReader(ByteSource& source)
        : CaptureReader(source)
    {
    }

    Step readBlock(const Block& block, FoundPacket& packet);
    Step readSection(const Block& block);
    Step readInterface(const Block& block);
    Step readPacket(const Block& block, FoundPacket& packet);
    Step readSimplePacket(const Block& block, FoundPacket& packet);
    PacketFields packetFields(const Block& block);
    Step checkTrailer(const Block& block, Step step);
    Step stopAtBlock(const Block& block);
    Step leaveOutPacket(const Block& block, const std::string& why);

    /// The byte order of the section that begins at the next block; false when it has none.
    bool findByteOrder();
    bool nextOption(std::uint64_t& position, std::uint64_t end, Option& option);
    void applyInterfaceOption(const Option& option, Interface& interface);
    std::string textOf(const Option& option, std::size_t maximumLength);
    void readPacketOptions(std::uint64_t position, std::uint64_t end, FoundPacket& packet);
    bool valueIs(const Option& option, std::string_view text);
    FieldReader fieldsAt(std::uint64_t position, std::size_t size);

    ByteOrder m_order = ByteOrder::little;
    std::vector<Interface> m_interfaces; ///< of the section
    std::size_t m_interfaceCount = 0; ///< of the sections before
};

} // namespace tcpw
