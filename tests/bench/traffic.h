// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"

#include <array>
#include <random>
#include <string>
#include <vector>

namespace tcpw::bench {

/// One frame that is changed in place, so that encoding costs no time while packets are made.
class Frame
{
public:
    Frame() = default;
    Frame(bool six, bool syn);

    /// The headers of a segment with `length` bytes of data behind them.
    const Bytes& with(std::uint32_t connection, bool out, std::uint16_t bits, std::uint32_t seq,
        std::uint32_t ack, std::uint32_t time, std::uint16_t length);
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_bytes.size()); }

private:
    void put(std::size_t offset, std::uint32_t value, int size);

    Bytes m_bytes;
    std::size_t m_tcp = 0;
    std::size_t m_time = 0;
    bool m_six = false;
};

/// What was made so far.
struct TrafficFacts
{
    std::size_t packets = 0;
    std::uint32_t connections = 0;
    std::size_t bytes = 0; ///< of the frames
    std::size_t synAcks = 0;
    std::size_t bare = 0; ///< without data
    std::uint32_t lastSequence = 0; ///< of the last packet, relative to its direction's SYN
};

/// The packets of a busy server, a quarter of its connections over IPv6: connections beside each
/// other, with handshakes, data both ways, delayed ACKs, lost and repeated segments, closes; 640
/// bytes a packet. Or small ones: the same without data, 72 bytes a packet. The same each time.
class Traffic
{
public:
    explicit Traffic(bool small);

    /// The next packet's headers; its data, which are not there, count in the original length.
    /// Valid until the next call.
    ByteView next(PacketRecord& record);
    /// The same, of the connection that began first.
    ByteView last(PacketRecord& record);
    const TrafficFacts& facts() const { return m_facts; }

private:
    /// One connection on its way; numbers relative to the SYNs.
    struct Speaker
    {
        std::uint32_t number = 0;
        std::uint32_t sent = 1;
        std::uint32_t acknowledged = 1;
        std::uint32_t received = 1;
        int step = 0;
        int closing = 0; ///< segments of its end that were said
    };
    ByteView speak(Speaker& speaker, PacketRecord& record);
    ByteView close(Speaker& speaker, PacketRecord& record);
    ByteView say(const Speaker& speaker, bool out, std::uint16_t bits, std::uint32_t seq,
        std::uint32_t ack, std::uint16_t length, PacketRecord& record);

    std::mt19937 m_random{1};
    std::array<Frame, 2> m_plain; ///< IPv4, IPv6
    std::array<Frame, 2> m_opening;
    std::vector<Speaker> m_speakers;
    std::int64_t m_time = 1'700'000'000'000'000'000;
    std::uint16_t m_segment; ///< bytes of data in a full segment
    std::uint16_t m_request;
    TrafficFacts m_facts;
};

/// Writes so many packets as a pcap file, data and all. Says in `facts` what is in it; false when
/// the disk is full.
bool writeTraffic(const std::string& path, std::size_t packets, bool small, TrafficFacts& facts);

} // namespace tcpw::bench
