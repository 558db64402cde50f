// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "captureblob.h"

#include <zlib.h>

namespace tcpw::test {

CaptureBlob& CaptureBlob::number(std::uint64_t value, unsigned size)
{
    for (unsigned i = 0; i < size; ++i) {
        const unsigned place = m_order == ByteOrder::big ? size - 1 - i : i;
        m_bytes.push_back(static_cast<std::uint8_t>(value >> (8 * place)));
    }
    return *this;
}

CaptureBlob& CaptureBlob::raw(ByteView bytes)
{
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    return *this;
}

CaptureBlob& CaptureBlob::text(std::string_view text)
{
    m_bytes.insert(m_bytes.end(), text.begin(), text.end());
    return *this;
}

CaptureBlob& CaptureBlob::padTo4()
{
    while (m_bytes.size() % 4 != 0)
        m_bytes.push_back(0);
    return *this;
}

void CaptureBlob::patch32(std::size_t position, std::uint32_t value)
{
    CaptureBlob number(m_order);
    number.u32(value);
    std::copy(number.m_bytes.begin(), number.m_bytes.end(),
        m_bytes.begin() + static_cast<std::ptrdiff_t>(position));
}

CaptureBlob& CaptureBlob::pcapHeader(std::uint32_t magic, std::uint32_t linkType,
    std::uint32_t snapshotLength, std::uint16_t major, std::uint16_t minor)
{
    return u32(magic).u16(major).u16(minor).u32(0).u32(0).u32(snapshotLength).u32(linkType);
}

CaptureBlob& CaptureBlob::pcapRecord(std::uint32_t seconds, std::uint32_t fraction, ByteView packet)
{
    return pcapRecord(seconds, fraction, static_cast<std::uint32_t>(packet.size()),
        static_cast<std::uint32_t>(packet.size()), packet);
}

CaptureBlob& CaptureBlob::pcapRecord(std::uint32_t seconds, std::uint32_t fraction,
    std::uint32_t captured, std::uint32_t original, ByteView packet, ByteView extra)
{
    return u32(seconds).u32(fraction).u32(captured).u32(original).raw(extra).raw(packet);
}

CaptureBlob& CaptureBlob::block(std::uint32_t type, ByteView body)
{
    const std::size_t padding = (4 - body.size() % 4) % 4;
    const std::size_t length = 12 + body.size() + padding;
    u32(type).u32(length).raw(body);
    for (std::size_t i = 0; i < padding; ++i)
        u8(0);
    return u32(length);
}

CaptureBlob& CaptureBlob::option(std::uint16_t code, ByteView value)
{
    return u16(code).u16(value.size()).raw(value).padTo4();
}

CaptureBlob& CaptureBlob::option(std::uint16_t code, std::string_view value)
{
    return u16(code).u16(value.size()).text(value).padTo4();
}

CaptureBlob& CaptureBlob::section(std::uint16_t major, std::uint16_t minor)
{
    return block(0x0a0d0d0a,
        part().u32(0x1a2b3c4d).u16(major).u16(minor).u64(0xffff'ffff'ffff'ffff).bytes());
}

CaptureBlob& CaptureBlob::interface(
    std::uint16_t linkType, std::uint32_t snapshotLength, ByteView options)
{
    return block(1, part().u16(linkType).u16(0).u32(snapshotLength).raw(options).bytes());
}

CaptureBlob& CaptureBlob::enhancedPacket(
    std::uint32_t interface, std::uint64_t time, ByteView packet, ByteView options)
{
    return block(6,
        part()
            .u32(interface)
            .u32(time >> 32)
            .u32(time & 0xffffffff)
            .u32(packet.size())
            .u32(packet.size())
            .raw(packet)
            .padTo4()
            .raw(options)
            .bytes());
}

CaptureBlob& CaptureBlob::obsoletePacket(
    std::uint16_t interface, std::uint64_t time, ByteView packet, ByteView options)
{
    return block(2,
        part()
            .u16(interface)
            .u16(0xffff) // packets lost: not known
            .u32(time >> 32)
            .u32(time & 0xffffffff)
            .u32(packet.size())
            .u32(packet.size())
            .raw(packet)
            .padTo4()
            .raw(options)
            .bytes());
}

CaptureBlob& CaptureBlob::simplePacket(std::uint32_t original, ByteView packet)
{
    return block(3, part().u32(original).raw(packet).bytes());
}

Bytes somePacket(std::size_t size, unsigned seed)
{
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(i * 7 + seed * 31 + i / 256);
    return bytes;
}

CaptureBlob someCapture(bool modern, unsigned count)
{
    CaptureBlob file;
    if (modern)
        file.section().interface();
    else
        file.pcapHeader();
    for (unsigned i = 0; i < count; ++i) {
        if (modern)
            file.enhancedPacket(0, i, somePacket(60 + i * 11 % 1400, i));
        else
            file.pcapRecord(i + 1, 0, somePacket(60 + i * 11 % 1400, i));
    }
    return file;
}

Bytes gzipped(ByteView bytes)
{
    z_stream stream = {};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    Bytes packed(deflateBound(&stream, bytes.size()));
    Bytes input(bytes.begin(), bytes.end());
    stream.next_in = input.data();
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = packed.data();
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

} // namespace tcpw::test
