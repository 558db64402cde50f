// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/lane.h"

#include <pcap/pcap.h>

#include <cstring>
#include <linux/if_packet.h>
#include <sys/socket.h>

namespace tcpw {

namespace {

constexpr int packetsAtATime = 256;
constexpr std::size_t bytesAtATime = 1u << 18;
constexpr int mostPackets = 8192;

constexpr std::uint8_t outgoingPacket = 4; // PACKET_OUTGOING, as the cooked headers have it
constexpr std::uint16_t loopbackHardware = 772; // ARPHRD_LOOPBACK

/// Who put a packet of the device `any` on the wire, by its cooked header.
Origin originOfCooked(ByteView bytes, LinkType linkType)
{
    const bool second = linkType == LinkType::linuxCooked2;
    if (bytes.size() < 16)
        return Origin::unknown;
    const std::size_t hardware = second ? 8 : 2;
    if ((bytes[hardware] << 8 | bytes[hardware + 1]) == loopbackHardware)
        return Origin::kernel;
    return bytes[second ? 10 : 1] == outgoingPacket ? Origin::kernel : Origin::peer;
}

TrafficPart partOf(LaneRole role)
{
    switch (role) {
    case LaneRole::incoming:
    case LaneRole::loopback:
        return TrafficPart::incoming;
    case LaneRole::injected:
        return TrafficPart::outgoingMarked;
    case LaneRole::ownKernel:
        return TrafficPart::outgoingUnmarked;
    case LaneRole::outgoing:
        return TrafficPart::outgoing;
    case LaneRole::allDevices:
        break;
    }
    return TrafficPart::allButMarked;
}

} // namespace

struct Lane::Reading
{
    Lane& lane;
    PacketMerger* merger; ///< null to forget what is read
    std::size_t index;
    InjectedFrames* injected;
};

Lane::Lane(LaneRole role, PcapPointer handle, std::uint8_t number)
    : m_role(role)
    , m_handle(std::move(handle))
    , m_number(number)
    , m_linkType(linkTypeOf(m_handle.get()))
{
}

int Lane::descriptor() const
{
    return pcap_get_selectable_fd(m_handle.get());
}

Result<void> Lane::begin(const FilterProgram& kernelFilter, std::optional<PacketFilter> filterHere)
{
    m_filterHere = std::move(filterHere);
    const int problem
        = attachFilter(descriptor(), onlyPart(partOf(m_role), injectionMark(), kernelFilter));
    if (problem != 0)
        return failure(
            "The kernel does not take the filter: " + std::string(std::strerror(problem)) + ".");
    return {};
}

void Lane::end()
{
    attachDropAll(descriptor());
}

int Lane::read(PacketMerger& merger, std::size_t index, InjectedFrames& injected)
{
    Reading reading{*this, &merger, index, &injected};
    int total = 0;
    m_hasMore = true;
    while (total < mostPackets && merger.waitingBytes(index) < bytesAtATime) {
        const int count = pcap_dispatch(
            m_handle.get(), packetsAtATime, take, reinterpret_cast<unsigned char*>(&reading));
        m_hasMore = count > 0;
        if (count < 0)
            return count;
        total += count;
        if (count == 0)
            break;
    }
    return total;
}

int Lane::discard()
{
    Reading reading{*this, nullptr, 0, nullptr};
    return pcap_dispatch(m_handle.get(), -1, take, reinterpret_cast<unsigned char*>(&reading));
}

std::string Lane::problem() const
{
    return pcap_geterr(m_handle.get());
}

void Lane::count()
{
    // pcap_stats() would open files of the device's, too, each time. Reading resets the counters.
    tpacket_stats statistics{};
    socklen_t size = sizeof statistics;
    if (::getsockopt(descriptor(), SOL_PACKET, PACKET_STATISTICS, &statistics, &size) != 0)
        return;
    // What was dropped counts among what was received, too.
    m_dropped += statistics.tp_drops;
    m_accepted += statistics.tp_packets - statistics.tp_drops;
}

bool Lane::drained() const
{
    return m_read == m_accepted;
}

void Lane::take(unsigned char* user, const pcap_pkthdr* header, const unsigned char* bytes)
{
    Reading& reading = *reinterpret_cast<Reading*>(user);
    Lane& lane = reading.lane;
    ++lane.m_read;
    const ByteView view(bytes, header->caplen);
    if (!reading.merger || (lane.m_filterHere && !lane.m_filterHere->matches(view, header->len)))
        return;
    PacketRecord record;
    // With nanosecond precision tv_usec holds nanoseconds.
    record.timestamp = std::int64_t{header->ts.tv_sec} * 1'000'000'000 + header->ts.tv_usec;
    record.originalLength = header->len;
    record.linkType = lane.m_linkType;
    record.device = lane.m_number;
    record.origin = lane.originOf(view, header->len, *reading.injected);
    reading.merger->append(reading.index, record, view);
}

Origin Lane::originOf(ByteView bytes, std::size_t originalLength, InjectedFrames& injected) const
{
    switch (m_role) {
    case LaneRole::incoming:
        return Origin::peer;
    case LaneRole::injected:
        return Origin::me;
    case LaneRole::ownKernel:
    case LaneRole::loopback:
        return Origin::kernel;
    case LaneRole::outgoing:
        return injected.take(bytes, originalLength) ? Origin::me : Origin::kernel;
    case LaneRole::allDevices:
        break;
    }
    return originOfCooked(bytes, m_linkType);
}

} // namespace tcpw
