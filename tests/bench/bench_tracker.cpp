// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/tracker.h"
#include "packet/packet.h"
#include "packet/tcpoptions.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <random>

/// Tracking a million packets like those of a busy server: connections beside each other, with
/// handshakes, data both ways, delayed ACKs, lost and repeated segments, closes. As ns of CPU a
/// packet, and as a ratio to adding up every byte of the same packets.
namespace {

using namespace tcpw;
using Bits = ControlBits;

constexpr std::uint32_t packetCount = 1'000'000;
std::uint64_t sink = 0; ///< keeps the optimiser from dropping the work

double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

/// One frame that is changed in place, so that encoding costs no time while packets are made.
class Frame
{
public:
    Frame(bool six, bool syn)
    {
        Ipv4Header ipv4;
        Ipv6Header ipv6;
        TcpHeader tcp;
        tcp.options.list
            = {tcpOption::noOperation(), tcpOption::noOperation(), tcpOption::timestamps({1, 2})};
        if (syn)
            tcp.options.list = {tcpOption::maximumSegmentSize(1460), tcpOption::sackPermitted(),
                tcpOption::timestamps({1, 0}), tcpOption::noOperation(), tcpOption::windowScale(7)};
        Packet packet{LinkType::ethernet, {EthernetHeader{}}};
        if (six)
            packet.layers.emplace_back(ipv6);
        else
            packet.layers.emplace_back(ipv4);
        packet.layers.emplace_back(tcp);
        m_bytes = encode(packet);
        m_tcp = six ? 54 : 34;
        m_six = six;
    }

    const Bytes& with(std::uint32_t connection, bool out, std::uint16_t bits, std::uint32_t seq,
        std::uint32_t ack, std::uint16_t length)
    {
        const std::size_t client = m_six ? (out ? 22 : 38) + 12 : (out ? 26 : 30);
        const std::size_t server = m_six ? (out ? 38 : 22) + 12 : (out ? 30 : 26);
        put(client, 0x0a000000u + (connection >> 14), 4);
        put(server, 0x0a800001u, 4);
        put(m_tcp + (out ? 0 : 2), 40000u + (connection & 0x3fff), 2);
        put(m_tcp + (out ? 2 : 0), 443, 2);
        put(m_tcp + 4, seq, 4);
        put(m_tcp + 8, ack, 4);
        m_bytes[m_tcp + 13] = static_cast<std::uint8_t>(bits);
        const auto headers = static_cast<std::uint32_t>(m_bytes.size());
        put(m_six ? 18 : 16, headers - (m_six ? 54u : 14u) + length, 2);
        return m_bytes;
    }
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_bytes.size()); }

private:
    void put(std::size_t offset, std::uint32_t value, int size)
    {
        for (int i = size - 1; i >= 0; --i, value >>= 8)
            m_bytes[offset + std::size_t(i)] = static_cast<std::uint8_t>(value);
    }

    Bytes m_bytes;
    std::size_t m_tcp = 0;
    bool m_six = false;
};

/// One connection on its way.
struct Speaker
{
    std::uint32_t number = 0;
    std::uint32_t sent = 1;
    std::uint32_t acknowledged = 1;
    std::uint32_t received = 1;
    int step = 0;
};

/// Packets as a capture with snapshot length 96 has them.
PacketBatch makePackets(std::uint32_t count)
{
    std::array<Frame, 2> plain{Frame(false, false), Frame(true, false)};
    std::array<Frame, 2> opening{Frame(false, true), Frame(true, true)};
    std::mt19937 random(1);
    std::vector<Speaker> speakers(500);
    std::uint32_t connections = 0;
    for (Speaker& speaker : speakers)
        speaker.number = connections++;
    PacketBatch batch;
    std::int64_t time = 0;
    while (batch.size() < count) {
        Speaker& speaker = speakers[random() % speakers.size()];
        const std::size_t six = speaker.number % 4 == 0 ? 1 : 0;
        const auto say = [&](Frame& frame, bool out, std::uint16_t bits, std::uint32_t seq,
                             std::uint32_t ack, std::uint16_t length) {
            PacketRecord record;
            record.timestamp = time += 2000 + random() % 8000;
            record.originalLength = frame.size() + length;
            batch.append(record, frame.with(speaker.number, out, bits, seq, ack, length));
        };
        const int step = speaker.step++;
        const std::uint32_t chance = random() % 100;
        if (step == 0) {
            say(opening[six], true, Bits::syn, 0, 0, 0);
        } else if (step == 1) {
            say(opening[six], false, Bits::syn | Bits::ack, 0, 1, 0);
        } else if (step > 60 && chance < 5) {
            say(plain[six], true, Bits::fin | Bits::ack, speaker.sent, speaker.received, 0);
            say(plain[six], false, Bits::fin | Bits::ack, speaker.received, speaker.sent + 1, 0);
            say(plain[six], true, Bits::ack, speaker.sent + 1, speaker.received + 1, 0);
            speaker = Speaker{connections++};
        } else if (chance < 1 && speaker.sent != speaker.acknowledged) {
            say(plain[six], true, Bits::ack, speaker.acknowledged, speaker.received, 1448);
        } else if (chance < 55) {
            say(plain[six], true, Bits::ack, speaker.sent, speaker.received, 1448);
            speaker.sent += 1448;
        } else if (chance < 70) {
            say(plain[six], false, Bits::psh | Bits::ack, speaker.received, speaker.acknowledged,
                200);
            speaker.received += 200;
        } else {
            speaker.acknowledged = speaker.sent;
            say(plain[six], false, Bits::ack, speaker.received, speaker.acknowledged, 0);
        }
    }
    std::printf("%zu packets of %u connections\n", batch.size(), connections);
    return batch;
}

/// ns of CPU a packet, the best of five.
template <typename Work> double best(std::size_t count, const Work& work)
{
    double least = 1e9;
    for (int i = 0; i < 5; ++i) {
        const double begin = cpuSeconds();
        work();
        least = std::min(least, (cpuSeconds() - begin) / double(count) * 1e9);
    }
    return least;
}

void trackAll(const PacketBatch& batch, std::size_t count)
{
    Tracker tracker;
    for (std::size_t i = 0; i < count; ++i)
        sink += tracker.add(static_cast<std::uint32_t>(i + 1), batch.record(i), batch.bytes(i))
                    .names.bits;
    sink += tracker.connectionCount();
}

void addUp(const PacketBatch& batch)
{
    for (std::size_t i = 0; i < batch.size(); ++i)
        for (const std::uint8_t byte : batch.bytes(i))
            sink += sink << 1 ^ byte; // each byte waits for the one before
}

std::size_t residentBytes()
{
    std::size_t pages = 0, resident = 0;
    if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%zu %zu", &pages, &resident) != 2)
            resident = 0;
        std::fclose(file);
    }
    return resident * 4096;
}

SegmentFacts segmentOf(std::uint32_t connection)
{
    SegmentFacts segment;
    segment.source = {Ipv4Address{0x0a000000u + (connection >> 15)},
        static_cast<std::uint16_t>(connection & 0x7fff)};
    segment.destination = {Ipv4Address{0xc0a80001u}, 80};
    segment.controlBits.value = Bits::syn;
    segment.isWhole = true;
    return segment;
}

/// A SYN each of `count` connections.
double manyConnections(std::uint32_t count)
{
    const std::size_t before = residentBytes();
    const double begin = cpuSeconds();
    Tracker tracker;
    for (std::uint32_t i = 0; i < count; ++i)
        sink += tracker.add(i + 1, i, Origin::unknown, segmentOf(i)).connection;
    const double seconds = cpuSeconds() - begin;
    std::printf("%8u connections: %.3f s, %.0f bytes each\n", count, seconds,
        double(residentBytes() - before) / count);
    return seconds;
}

/// One connection with `count` segments that nobody acknowledges.
double manySegments(std::uint32_t count)
{
    const double begin = cpuSeconds();
    Tracker tracker;
    SegmentFacts segment = segmentOf(1);
    segment.controlBits.value = Bits::ack;
    segment.dataLength = 1448;
    for (std::uint32_t i = 0; i < count; ++i) {
        segment.sequenceNumber += 1448;
        sink += tracker.add(i + 1, i, Origin::unknown, segment).connection;
    }
    const double seconds = cpuSeconds() - begin;
    std::printf("%8u unacknowledged segments: %.3f s\n", count, seconds);
    return seconds;
}

} // namespace

int main()
{
    const PacketBatch batch = makePackets(packetCount);
    const double whole = best(batch.size(), [&] { trackAll(batch, batch.size()); });
    const double half = best(batch.size() / 2, [&] { trackAll(batch, batch.size() / 2); });
    const double adding = best(batch.size(), [&] { addUp(batch); });
    std::printf("tracking: %.0f ns a packet (goal: at most 300), %.2f times adding up its bytes "
                "(%.0f ns)\n",
        whole, whole / adding, adding);
    std::printf("twice the packets: %.2f times the time (goal: at most 2.1)\n", 2 * whole / half);
    const double fewer = manyConnections(500'000);
    std::printf("twice the connections: %.2f times the time\n", manyConnections(1'000'000) / fewer);
    const double less = manySegments(500'000);
    std::printf("twice the segments: %.2f times the time\n", manySegments(1'000'000) / less);
    return sink == 0;
}
