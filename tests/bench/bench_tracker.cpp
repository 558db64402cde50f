// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/tracker.h"
#include "measure.h"
#include "traffic.h"

#include <algorithm>
#include <cstdio>
#include <malloc.h>

/// Tracking a million packets like those of a busy server: connections beside each other, with
/// handshakes, data both ways, delayed ACKs, lost and repeated segments, closes. As ns of CPU a
/// packet, and as a ratio to adding up every byte of the same packets.
namespace {

using namespace tcpw;
using bench::cpuSeconds;
using Bits = ControlBits;

constexpr std::uint32_t packetCount = 1'000'000;
std::uint64_t sink = 0; ///< keeps the optimiser from dropping the work

/// Packets as a capture with snapshot length 96 has them.
PacketBatch makePackets(std::uint32_t count)
{
    bench::Traffic traffic(false);
    PacketBatch batch;
    while (batch.size() < count) {
        PacketRecord record;
        const ByteView headers = traffic.next(record);
        batch.append(record, headers);
    }
    std::printf("%zu packets of %u connections\n", batch.size(), traffic.facts().connections);
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

SegmentFacts segmentOf(std::uint32_t connection)
{
    SegmentFacts segment;
    segment.source = {Ipv4Address{0x0a000000u + (connection >> 15)},
        static_cast<std::uint16_t>(connection & 0x7fff)};
    segment.destination = {Ipv4Address{0xc0a80001u}, 80};
    segment.controlBits.value = Bits::syn;
    segment.window = 65535;
    segment.isWhole = true;
    return segment;
}

/// A SYN each of `count` connections.
double manyConnections(std::uint32_t count)
{
    malloc_trim(0); // what the one before left would count as its own
    const double before = bench::anonymousBytes();
    const double begin = cpuSeconds();
    Tracker tracker;
    for (std::uint32_t i = 0; i < count; ++i)
        sink += tracker.add(i + 1, i, Origin::unknown, segmentOf(i)).connection;
    const double seconds = cpuSeconds() - begin;
    std::printf("%8u connections: %.3f s, %.0f bytes each\n", count, seconds,
        (bench::anonymousBytes() - before) / count);
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
