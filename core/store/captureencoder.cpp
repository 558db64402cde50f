// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/captureencoder.h"

#include "store/captureformat.h"
#include "store/timescale.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>

namespace tcpw {

namespace {

namespace format = captureformat;
namespace pcap = captureformat::pcap;
namespace pcapng = captureformat::pcapng;

constexpr std::size_t padding(std::size_t size)
{
    return (4 - size % 4) % 4;
}

std::uint32_t directionFlags(Origin origin)
{
    switch (origin) {
    case Origin::me:
    case Origin::kernel:
        return pcapng::flagOutbound;
    case Origin::peer:
        return pcapng::flagInbound;
    case Origin::unknown:
        break;
    }
    return 0;
}

/// Nanoseconds after the offset; 0 for what was before it.
std::uint64_t nanosecondsAfter(std::int64_t timestamp, std::int64_t offsetSeconds)
{
    // In wrapping arithmetic, for the product may be just outside of 64 bits.
    const std::uint64_t offset = static_cast<std::uint64_t>(offsetSeconds) * nanosecondsPerSecond;
    if (offsetSeconds >= 0 && timestamp < static_cast<std::int64_t>(offset))
        return 0;
    return static_cast<std::uint64_t>(timestamp) - offset;
}

} // namespace

CaptureEncoder::CaptureEncoder()
    : m_buffer(std::make_unique_for_overwrite<std::uint8_t[]>(capacity))
{
}

std::uint8_t* CaptureEncoder::claim(std::size_t size)
{
    assert(size <= capacity - m_size);
    return m_buffer.get() + std::exchange(m_size, m_size + size);
}

template <typename T> void CaptureEncoder::number(T value)
{
    std::memcpy(claim(sizeof(T)), &value, sizeof(T));
}

void CaptureEncoder::text(std::string_view text)
{
    if (!text.empty())
        std::memcpy(claim(text.size()), text.data(), text.size());
}

void CaptureEncoder::padTo4(std::size_t size)
{
    std::memset(claim(padding(size)), 0, padding(size));
}

void CaptureEncoder::option(std::uint16_t code, std::string_view value)
{
    number(code);
    number(static_cast<std::uint16_t>(value.size()));
    text(value);
    padTo4(value.size());
}

/// Writes a block's length to its end and into its beginning.
void CaptureEncoder::finishBlock(std::size_t start)
{
    const auto length = static_cast<std::uint32_t>(m_size - start + sizeof(std::uint32_t));
    number(length);
    std::memcpy(m_buffer.get() + start + 4, &length, sizeof(length));
}

void CaptureEncoder::addSection()
{
    const std::size_t start = m_size;
    number(pcapng::sectionHeader);
    number(std::uint32_t{0});
    number(pcapng::byteOrderMagic);
    number(std::uint16_t{1});
    number(std::uint16_t{0});
    number(std::int64_t{-1}); // how long the section is nobody knows yet
    option(pcapng::optionUserApplication, "TCP Workbench " TCPW_VERSION);
    option(pcapng::optionEnd, {});
    finishBlock(start);
}

void CaptureEncoder::addInterface(
    LinkType linkType, std::uint8_t device, std::int64_t timeOffsetSeconds, std::string_view name)
{
    const std::size_t start = m_size;
    number(pcapng::interfaceDescription);
    number(std::uint32_t{0});
    number(static_cast<std::uint16_t>(linkType));
    number(std::uint16_t{0});
    number(format::maximumPacketLength);
    if (!name.empty())
        option(pcapng::optionName, name.substr(0, format::maximumNameLength));
    option(pcapng::optionTimeResolution, "\x09");
    if (timeOffsetSeconds != 0) {
        char value[8];
        std::memcpy(value, &timeOffsetSeconds, sizeof(value));
        option(pcapng::optionTimeOffset, {value, sizeof(value)});
    }
    option(format::ours::option, std::string(format::ours::device) + static_cast<char>(device));
    option(pcapng::optionEnd, {});
    finishBlock(start);
}

void CaptureEncoder::addPacket(const PacketRecord& record, ByteView packet, std::uint32_t interface,
    std::int64_t timeOffsetSeconds, std::span<const std::string> comments)
{
    const std::size_t start = m_size;
    const std::uint64_t time = nanosecondsAfter(record.timestamp, timeOffsetSeconds);
    const auto captured = static_cast<std::uint32_t>(packet.size());
    const std::uint32_t head[]
        = {pcapng::enhancedPacket, 0, interface, static_cast<std::uint32_t>(time >> 32),
            static_cast<std::uint32_t>(time), captured, record.originalLength};
    static_assert(sizeof(head) == packetDataOffset);
    std::memcpy(claim(sizeof(head)), head, sizeof(head));
    if (!packet.empty())
        std::memcpy(claim(packet.size()), packet.data(), packet.size());
    padTo4(packet.size());
    addPacketOptions(record.origin, comments);
    finishBlock(start);
}

void CaptureEncoder::addPacketOptions(Origin origin, std::span<const std::string> comments)
{
    const std::uint32_t flags = directionFlags(origin);
    if (flags != 0) {
        number(pcapng::optionFlags);
        number(std::uint16_t{sizeof(flags)});
        number(flags);
    }
    if (flags != 0 && origin != Origin::me && comments.empty()) { // a flood's are all like this
        number(std::uint32_t{pcapng::optionEnd});
        return;
    }
    if (origin == Origin::me)
        option(format::ours::option, format::ours::injected);
    for (const std::string& comment :
        comments.first(std::min(comments.size(), format::maximumComments)))
        option(pcapng::optionComment, std::string_view(comment).substr(0, 65535));
    if (flags != 0 || !comments.empty())
        option(pcapng::optionEnd, {});
}

void CaptureEncoder::addPcapHeader(LinkType linkType)
{
    number(pcap::magicNanoseconds);
    number(std::uint16_t{2});
    number(std::uint16_t{4});
    number(std::uint64_t{0}); // time zone and accuracy, which nobody uses
    number(format::maximumPacketLength);
    number(std::uint32_t{static_cast<std::uint16_t>(linkType)});
}

void CaptureEncoder::addPcapRecord(const PacketRecord& record, ByteView packet)
{
    const auto time = static_cast<std::uint64_t>(record.timestamp);
    number(static_cast<std::uint32_t>(time / nanosecondsPerSecond));
    number(static_cast<std::uint32_t>(time % nanosecondsPerSecond));
    number(static_cast<std::uint32_t>(packet.size()));
    number(record.originalLength);
    if (!packet.empty())
        std::memcpy(claim(packet.size()), packet.data(), packet.size());
}

std::optional<std::uint32_t> InterfaceTable::find(std::uint8_t device, LinkType linkType)
{
    const Key key(device, linkType);
    if (m_last >= m_keys.size() || m_keys[m_last] != key)
        m_last = static_cast<std::size_t>(
            std::find(m_keys.begin(), m_keys.end(), key) - m_keys.begin());
    if (m_last >= m_keys.size())
        return {};
    return static_cast<std::uint32_t>(m_last);
}

std::uint32_t InterfaceTable::add(std::uint8_t device, LinkType linkType)
{
    m_keys.emplace_back(device, linkType);
    m_last = m_keys.size() - 1;
    return static_cast<std::uint32_t>(m_last);
}

} // namespace tcpw
