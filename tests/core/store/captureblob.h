// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "store/fieldreader.h"

#include <string_view>

namespace tcpw::test {

/// Bytes of a capture file, put together number by number in either byte order: a writer that
/// shares nothing with the one it tests.
class CaptureBlob
{
public:
    explicit CaptureBlob(ByteOrder order = ByteOrder::little)
        : m_order(order)
    {
    }

    const Bytes& bytes() const { return m_bytes; }
    std::size_t size() const { return m_bytes.size(); }
    void setOrder(ByteOrder order) { m_order = order; }

    CaptureBlob& u8(std::uint64_t value) { return number(value, 1); }
    CaptureBlob& u16(std::uint64_t value) { return number(value, 2); }
    CaptureBlob& u32(std::uint64_t value) { return number(value, 4); }
    CaptureBlob& u64(std::uint64_t value) { return number(value, 8); }
    CaptureBlob& raw(ByteView bytes);
    CaptureBlob& text(std::string_view text);
    CaptureBlob& padTo4();
    /// Overwrites a number that was written before.
    void patch32(std::size_t position, std::uint32_t value);

    // Classic pcap.
    CaptureBlob& pcapHeader(std::uint32_t magic = 0xa1b2c3d4, std::uint32_t linkType = 1,
        std::uint32_t snapshotLength = 65535, std::uint16_t major = 2, std::uint16_t minor = 4);
    CaptureBlob& pcapRecord(std::uint32_t seconds, std::uint32_t fraction, ByteView packet);
    CaptureBlob& pcapRecord(std::uint32_t seconds, std::uint32_t fraction, std::uint32_t captured,
        std::uint32_t original, ByteView packet, ByteView extra = {});

    // pcapng. `options` are made with option() of a blob of the same byte order.
    CaptureBlob& section(std::uint16_t major = 1, std::uint16_t minor = 0);
    CaptureBlob& interface(
        std::uint16_t linkType = 1, std::uint32_t snapshotLength = 0, ByteView options = {});
    CaptureBlob& enhancedPacket(
        std::uint32_t interface, std::uint64_t time, ByteView packet, ByteView options = {});
    CaptureBlob& obsoletePacket(
        std::uint16_t interface, std::uint64_t time, ByteView packet, ByteView options = {});
    CaptureBlob& simplePacket(std::uint32_t original, ByteView packet);
    CaptureBlob& block(std::uint32_t type, ByteView body);
    CaptureBlob& option(std::uint16_t code, ByteView value);
    CaptureBlob& option(std::uint16_t code, std::string_view value);

private:
    CaptureBlob& number(std::uint64_t value, unsigned size);
    CaptureBlob part() const { return CaptureBlob(m_order); }

    ByteOrder m_order;
    Bytes m_bytes;
};

/// A packet of so many bytes, each different from its neighbour's; the numbers differ from packet
/// to packet.
Bytes somePacket(std::size_t size, unsigned seed = 1);

/// So many packets of growing sizes, as pcapng when `modern`, else as classic pcap.
CaptureBlob someCapture(bool modern, unsigned count = 50);

/// These bytes as one gzip member.
Bytes gzipped(ByteView bytes);

} // namespace tcpw::test
