// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/laneset.h"

#include "link/filterprogram.h"
#include "link/linkquery.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr std::uint32_t largestBuffer = 512u << 20; // bytes; the kernel's memory is everyone's
constexpr int drainAttempts = 100; // of 1 ms

/// A lane's share of the buffer is also the time that the worker may be late: whatever came within
/// a millisecond fills one of its blocks of 256 KB.
struct LanePlan
{
    LaneRole role;
    std::uint32_t quarters; ///< of the buffer
};

/// Which lanes a device has; the first is the one that may be promiscuous. Without marks `any`
/// cannot tell me from the kernel, as its packets lack the link-layer header that was injected.
std::vector<LanePlan> planLanes(const DeviceId& device, bool marks)
{
    if (device.index == 0)
        return marks ? std::vector<LanePlan>{{LaneRole::allDevices, 3}, {LaneRole::injected, 1}}
                     : std::vector<LanePlan>{{LaneRole::allDevices, 4}};
    const auto link = findLink(NetlinkSocket(), device.index);
    if (link && link->flags & IFF_LOOPBACK)
        return {{LaneRole::loopback, 4}};
    if (marks)
        return {{LaneRole::incoming, 2}, {LaneRole::ownKernel, 1}, {LaneRole::injected, 1}};
    return {{LaneRole::incoming, 2}, {LaneRole::outgoing, 2}};
}

/// Tells whether this process may mark what it sends (Linux 5.17 or CAP_NET_ADMIN).
bool mayMark()
{
    const int socket = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    const bool may = socket >= 0 && setMark(socket, injectionMark());
    if (socket >= 0)
        ::close(socket);
    return may;
}

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string((bytes + (1u << 19)) >> 20) + " MB";
}

std::string bufferWarning(std::uint64_t wanted, std::uint64_t given)
{
    if (given >= wanted - wanted / 10)
        return {};
    return "The buffer has " + megabytes(given) + ", not the " + megabytes(wanted)
        + " that were asked for: packets are lost sooner when many come at once. ";
}

/// `any` has a header that names the device of each packet, where libpcap can make it.
void chooseLinkType(pcap_t* handle, const DeviceId& device)
{
    if (device.index == 0)
        pcap_set_datalink(handle, DLT_LINUX_SLL2);
}

} // namespace

LaneSet::LaneSet(std::vector<Lane> lanes)
    : m_lanes(std::move(lanes))
    , m_merger(m_lanes.size())
{
}

LaneSet::~LaneSet()
{
    std::vector<std::thread> closers;
    try {
        for (std::size_t i = 1; i < m_lanes.size(); ++i)
            closers.emplace_back([lane = &m_lanes[i]] { lane->close(); });
    } catch (const std::system_error&) {
        // No thread to be had: the rest is closed here, one after the other.
    }
    if (!m_lanes.empty())
        m_lanes.front().close();
    for (std::thread& each : closers)
        each.join();
}

Result<LaneSet> LaneSet::open(const CaptureOptions& options, CaptureStarted& started)
{
    std::vector<Lane> lanes;
    std::uint64_t given = 0;
    for (const LanePlan& plan : planLanes(options.device, mayMark())) {
        const auto size = static_cast<std::uint32_t>(
            std::uint64_t{std::min(options.bufferSize, largestBuffer)} * plan.quarters / 4);
        auto opened = openPcap(
            {options.device, options.snapshotLength, size, options.promiscuous && lanes.empty()});
        if (!opened)
            return failure(opened.error().message);
        started.warning += opened->warning;
        given += opened->bufferSize;
        chooseLinkType(opened->handle.get(), options.device);
        lanes.emplace_back(plan.role, std::move(opened->handle), options.number);
    }
    started.linkType = linkTypeOf(lanes.front().handle());
    started.warning += bufferWarning(options.bufferSize, given);
    LaneSet set(std::move(lanes));
    if (const auto begun = set.begin(options); !begun)
        return failure(begun.error().message);
    return set;
}

Result<void> LaneSet::begin(const CaptureOptions& options)
{
    FilterProgram kernelFilter = acceptAll(options.snapshotLength);
    std::optional<PacketFilter> filterHere;
    pcap_t* handle = m_lanes.front().handle();
    if (!options.filter.empty()) {
        auto compiled = compileForKernel(handle, options.filter);
        if (!compiled)
            return failure(compiled.error().message);
        if (!compiled->empty()) {
            kernelFilter = std::move(*compiled);
        } else {
            auto here = PacketFilter::compile(options.filter, linkTypeOf(handle));
            if (!here)
                return failure(here.error().message);
            filterHere = std::move(*here);
        }
    }
    forgetEarly();
    // Answers last, so that none is captured without its question.
    for (auto lane = m_lanes.rbegin(); lane != m_lanes.rend(); ++lane)
        if (const auto begun = lane->begin(kernelFilter, filterHere); !begun)
            return failure(begun.error().message);
    return {};
}

/// Between its opening and openPcap()'s filter a handle may have got packets that are not for its
/// lane.
void LaneSet::forgetEarly()
{
    for (int attempt = 0; attempt < drainAttempts; ++attempt) {
        for (Lane& lane : m_lanes)
            lane.discard();
        count();
        if (drained())
            return;
        ::poll(nullptr, 0, 1);
    }
}

std::vector<int> LaneSet::descriptors() const
{
    std::vector<int> result;
    for (const Lane& lane : m_lanes)
        result.push_back(lane.descriptor());
    return result;
}

int LaneSet::read(InjectedFrames& injected)
{
    int total = 0;
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        const int count = m_lanes[i].read(m_merger, i, injected);
        if (count < 0)
            m_problem = m_lanes[i].problem();
        total = count < 0 || total < 0 ? -1 : total + count;
    }
    return total;
}

bool LaneSet::hasMore() const
{
    return std::any_of(
        m_lanes.begin(), m_lanes.end(), [](const Lane& lane) { return lane.hasMore(); });
}

void LaneSet::count()
{
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        m_lanes[i].count();
        m_merger.setDrained(i, m_lanes[i].drained());
    }
}

bool LaneSet::drained() const
{
    return std::all_of(
        m_lanes.begin(), m_lanes.end(), [](const Lane& lane) { return lane.drained(); });
}

std::uint64_t LaneSet::dropped() const
{
    std::uint64_t total = 0;
    for (const Lane& lane : m_lanes)
        total += lane.dropped();
    return total;
}

std::uint64_t LaneSet::unread() const
{
    std::uint64_t total = 0;
    for (const Lane& lane : m_lanes)
        total += lane.unread();
    return total;
}

PacketBatch LaneSet::take()
{
    return m_merger.take();
}

PacketBatch LaneSet::takeAll()
{
    return m_merger.takeAll();
}

void LaneSet::end()
{
    for (Lane& lane : m_lanes)
        lane.end();
}

} // namespace tcpw
