// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/capturereader.h"
#include "store/fieldreader.h"

#include <optional>

namespace tcpw {

/// Reads classic pcap of either byte order, with micro- or nanoseconds, and the modified forms of
/// old Linux distributions and Nokia, whose records have longer headers.
class PcapReader : public CaptureReader
{
public:
    static Result<std::unique_ptr<CaptureReader>> open(ByteSource& source);
    /// By the magic number; none when it is not one of pcap's.
    static std::optional<ByteOrder> byteOrder(ByteView start);

    Step next(FoundPacket& packet) override;
    bool lengthPrecedesBytes() const override;

private:
    struct RecordHeader
    {
        std::uint32_t seconds = 0;
        std::uint32_t fraction = 0;
        std::uint32_t capturedLength = 0;
        std::uint32_t originalLength = 0;
        std::uint8_t packetType = 0; ///< PACKET_HOST ... as in <linux/if_packet.h>
    };

    explicit PcapReader(ByteSource& source)
        : CaptureReader(source)
    {
    }

    std::string readHeader();
    void chooseRecordSize(std::uint32_t magic);
    bool makesSense(std::size_t headerSize);
    bool isPlausible(const RecordHeader& record) const;
    bool holdsOnlyZeros();
    RecordHeader parse(ByteView bytes) const;
    Origin origin(const RecordHeader& record) const;

    ByteOrder m_order = ByteOrder::little;
    LinkType m_linkType = LinkType::ethernet;
    std::uint32_t m_fractionsPerSecond = 1'000'000;
    std::size_t m_recordHeaderSize = 16;
    std::uint16_t m_minorVersion = 4;
    bool m_hasPacketType = false;
};

} // namespace tcpw
