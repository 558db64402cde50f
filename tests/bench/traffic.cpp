// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "traffic.h"

#include "packet/packet.h"
#include "packet/tcpoptions.h"

#include <cstdio>

namespace tcpw::bench {

namespace {

using Bits = ControlBits;

constexpr std::size_t speakersAtOnce = 500;

/// Where a direction begins to count.
std::uint32_t initialNumber(std::uint32_t connection, bool out)
{
    return (connection * 2 + (out ? 1 : 0)) * 2'654'435'761u;
}

} // namespace

Frame::Frame(bool six, bool syn)
    : m_tcp(six ? 54 : 34)
    , m_time(m_tcp + (syn ? 28 : 24))
    , m_six(six)
{
    TcpHeader tcp;
    tcp.options.list
        = {tcpOption::noOperation(), tcpOption::noOperation(), tcpOption::timestamps({1, 2})};
    if (syn)
        tcp.options.list = {tcpOption::maximumSegmentSize(1460), tcpOption::sackPermitted(),
            tcpOption::timestamps({1, 0}), tcpOption::noOperation(), tcpOption::windowScale(7)};
    Packet packet{LinkType::ethernet, {EthernetHeader{}}};
    if (six)
        packet.layers.emplace_back(Ipv6Header{});
    else
        packet.layers.emplace_back(Ipv4Header{});
    packet.layers.emplace_back(tcp);
    m_bytes = encode(packet);
}

const Bytes& Frame::with(std::uint32_t connection, bool out, std::uint16_t bits, std::uint32_t seq,
    std::uint32_t ack, std::uint32_t time, std::uint16_t length)
{
    const std::size_t client = m_six ? (out ? 22 : 38) + 12 : (out ? 26 : 30);
    const std::size_t server = m_six ? (out ? 38 : 22) + 12 : (out ? 30 : 26);
    put(client, 0x0a000000u + (connection >> 14), 4);
    put(server, 0x0a800001u, 4);
    put(m_tcp + (out ? 0 : 2), 40000u + (connection & 0x3fff), 2);
    put(m_tcp + (out ? 2 : 0), 8081, 2);
    put(m_tcp + 4, seq, 4);
    put(m_tcp + 8, ack, 4);
    m_bytes[m_tcp + 13] = static_cast<std::uint8_t>(bits);
    put(m_time, time, 4);
    put(m_six ? 18 : 16, size() - (m_six ? 54u : 14u) + length, 2);
    return m_bytes;
}

void Frame::put(std::size_t offset, std::uint32_t value, int size)
{
    for (int i = size - 1; i >= 0; --i, value >>= 8)
        m_bytes[offset + std::size_t(i)] = static_cast<std::uint8_t>(value);
}

Traffic::Traffic(bool small)
    : m_plain{Frame(false, false), Frame(true, false)}
    , m_opening{Frame(false, true), Frame(true, true)}
    , m_speakers(speakersAtOnce)
    , m_segment(small ? 1 : 1448)
    , m_request(small ? 1 : 200)
{
    for (Speaker& speaker : m_speakers)
        speaker.number = m_facts.connections++;
}

ByteView Traffic::next(PacketRecord& record)
{
    return speak(m_speakers[m_random() % m_speakers.size()], record);
}

ByteView Traffic::last(PacketRecord& record)
{
    Speaker& first = m_speakers.front();
    return say(first, true, Bits::ack, first.sent, first.received, 0, record);
}

ByteView Traffic::speak(Speaker& speaker, PacketRecord& record)
{
    const int step = speaker.step++;
    const std::uint32_t chance = m_random() % 100;
    const bool stays = &speaker == &m_speakers.front();
    if (step == 0)
        return say(speaker, true, Bits::syn, 0, 0, 0, record);
    if (step == 1)
        return say(speaker, false, Bits::syn | Bits::ack, 0, 1, 0, record);
    if (speaker.closing > 0 || (step > 60 && chance < 5 && !stays))
        return close(speaker, record);
    if (chance < 1 && speaker.sent != speaker.acknowledged)
        return say(
            speaker, true, Bits::ack, speaker.acknowledged, speaker.received, m_segment, record);
    if (chance < 40) {
        const std::uint32_t begin = speaker.sent;
        speaker.sent += m_segment;
        return say(speaker, true, Bits::ack, begin, speaker.received, m_segment, record);
    }
    if (chance < 55) {
        const std::uint32_t begin = speaker.received;
        speaker.received += m_request;
        return say(
            speaker, false, Bits::psh | Bits::ack, begin, speaker.acknowledged, m_request, record);
    }
    speaker.acknowledged = speaker.sent;
    return say(speaker, false, Bits::ack, speaker.received, speaker.acknowledged, 0, record);
}

ByteView Traffic::close(Speaker& speaker, PacketRecord& record)
{
    switch (speaker.closing++) {
    case 0:
        return say(speaker, true, Bits::fin | Bits::ack, speaker.sent, speaker.received, 0, record);
    case 1:
        return say(
            speaker, false, Bits::fin | Bits::ack, speaker.received, speaker.sent + 1, 0, record);
    }
    const Speaker ended = speaker;
    speaker = Speaker{m_facts.connections++};
    return say(ended, true, Bits::ack, ended.sent + 1, ended.received + 1, 0, record);
}

ByteView Traffic::say(const Speaker& speaker, bool out, std::uint16_t bits, std::uint32_t seq,
    std::uint32_t ack, std::uint16_t length, PacketRecord& record)
{
    const std::size_t six = speaker.number % 4 == 0 ? 1 : 0;
    Frame& frame = (bits & Bits::syn) != 0 ? m_opening[six] : m_plain[six];
    record = {};
    record.timestamp = m_time += 2000 + m_random() % 8000;
    record.originalLength = frame.size() + length;
    ++m_facts.packets;
    m_facts.bytes += record.originalLength;
    m_facts.synAcks += bits == (Bits::syn | Bits::ack) ? 1 : 0;
    m_facts.bare += length == 0 ? 1 : 0;
    m_facts.lastSequence = seq;
    const bool answers = (bits & Bits::ack) != 0;
    return frame.with(speaker.number, out, bits, seq + initialNumber(speaker.number, out),
        answers ? ack + initialNumber(speaker.number, !out) : 0,
        static_cast<std::uint32_t>(record.timestamp / 1'000'000), length);
}

bool writeTraffic(const std::string& path, std::size_t packets, bool small, TrafficFacts& facts)
{
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (!file)
        return false;
    std::vector<char> buffer(1u << 20);
    std::setvbuf(file, buffer.data(), _IOFBF, buffer.size());
    Bytes data(1500);
    std::mt19937 random(2);
    for (std::uint8_t& byte : data)
        byte = static_cast<std::uint8_t>(random());

    const std::uint32_t header[] = {0xa1b2'3c4d, 4u << 16 | 2, 0, 0, 262'144, 1};
    std::fwrite(header, sizeof header, 1, file);
    Traffic traffic(small);
    for (std::size_t i = 0; i < packets; ++i) {
        PacketRecord record;
        const ByteView headers = i + 1 < packets ? traffic.next(record) : traffic.last(record);
        const std::uint32_t head[] = {static_cast<std::uint32_t>(record.timestamp / 1'000'000'000),
            static_cast<std::uint32_t>(record.timestamp % 1'000'000'000), record.originalLength,
            record.originalLength};
        std::fwrite(head, sizeof head, 1, file);
        std::fwrite(headers.data(), headers.size(), 1, file);
        const std::size_t rest = record.originalLength - headers.size();
        if (rest > 0)
            std::fwrite(data.data(), rest, 1, file);
    }
    facts = traffic.facts();
    const bool good = std::ferror(file) == 0;
    return std::fclose(file) == 0 && good;
}

} // namespace tcpw::bench
