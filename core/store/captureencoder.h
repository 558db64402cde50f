// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tcpw {

/// Collects what is to be written to a capture file, in this machine's byte order, which both
/// formats allow. Makes records; whoever owns the file writes bytes() when it is full enough.
class CaptureEncoder
{
public:
    /// So much always fits, whatever the packet and its comments.
    static constexpr std::size_t largestRecord = (256 + 192 + 1) * 1024;
    static constexpr std::size_t capacity = 2 * 1024 * 1024;
    /// How far behind the beginning of its pcapng block a packet's bytes begin.
    static constexpr std::size_t packetDataOffset = 28;

    CaptureEncoder();

    ByteView bytes() const { return {m_buffer.get(), m_size}; }
    std::size_t size() const { return m_size; }
    bool isFull() const { return m_size > capacity - largestRecord; }
    void clear() { m_size = 0; }

    /// pcapng: begins a section.
    void addSection();
    /// pcapng: describes the next interface. Its time stamps are nanoseconds after `timeOffset`;
    /// its name is left out when it is "".
    void addInterface(LinkType linkType, std::uint8_t device, std::int64_t timeOffsetSeconds = 0,
        std::string_view name = {});
    /// pcapng: a packet, cut to `record.capturedLength` (see PacketStore::append for the limit).
    void addPacket(const PacketRecord& record, ByteView packet, std::uint32_t interface,
        std::int64_t timeOffsetSeconds = 0, std::span<const std::string> comments = {});

    /// Classic pcap with nanoseconds: the file's header.
    void addPcapHeader(LinkType linkType);
    /// Classic pcap: a packet.
    void addPcapRecord(const PacketRecord& record, ByteView packet);

private:
    std::uint8_t* claim(std::size_t size);
    template <typename T> void number(T value);
    void text(std::string_view text);
    void padTo4(std::size_t size);
    void option(std::uint16_t code, std::string_view value);
    void addPacketOptions(Origin origin, std::span<const std::string> comments);
    void finishBlock(std::size_t start);

    std::unique_ptr<std::uint8_t[]> m_buffer;
    std::size_t m_size = 0;
};

/// The interfaces of a pcapng file that is being written: one for each device and link type.
class InterfaceTable
{
public:
    std::optional<std::uint32_t> find(std::uint8_t device, LinkType linkType);
    std::uint32_t add(std::uint8_t device, LinkType linkType);
    std::size_t size() const { return m_keys.size(); }
    std::uint8_t device(std::size_t number) const { return m_keys[number].first; }
    LinkType linkType(std::size_t number) const { return m_keys[number].second; }
    void clear() { m_keys.clear(); }

private:
    using Key = std::pair<std::uint8_t, LinkType>;
    std::vector<Key> m_keys;
    std::size_t m_last = 0;
};

} // namespace tcpw
