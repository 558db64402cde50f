// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/localbackend.h"

#include "lab/lab.h"
#include "link/devicelist.h"
#include "link/filter.h"
#include "link/neighbours.h"
#include "link/pcapengine.h"

#include <algorithm>

namespace tcpw {

namespace {

constexpr std::uint32_t maximumSnapshotLength = 262144; // libpcap's own limit, in bytes
constexpr std::uint32_t maximumBufferSize = 512u << 20;

Result<Device> findDevice(const DeviceId& id)
{
    if (const auto verified = verifyDevice(id); !verified)
        return tl::unexpected(verified.error());
    auto devices = listDevices();
    if (!devices)
        return tl::unexpected(devices.error());
    const auto found = std::ranges::find_if(
        *devices, [&id](const Device& device) { return device.id.index == id.index; });
    if (found == devices->end())
        return failure("There is no device " + id.name + " here any more.");
    return std::move(*found);
}

/// By the index alone: a device that was renamed is still the same.
bool sameDevice(const DeviceId& a, const DeviceId& b)
{
    return a.index == b.index;
}

Result<void> checkOptions(const CaptureOptions& options)
{
    if (options.filter.size() > maximumFilterLength)
        return failure("The capture filter has " + std::to_string(options.filter.size())
            + " bytes; at most " + std::to_string(maximumFilterLength)
            + " are allowed. Make it shorter.");
    if (options.snapshotLength == 0 || options.snapshotLength > maximumSnapshotLength)
        return failure("The snapshot length must be between 1 and "
            + std::to_string(maximumSnapshotLength) + " bytes.");
    if (options.bufferSize > maximumBufferSize)
        return failure("The capture buffer may have " + std::to_string(maximumBufferSize >> 20)
            + " MB at most.");
    return {};
}

std::string unknownCapture(std::uint8_t number)
{
    return "No capture has the number " + std::to_string(number) + ".";
}

} // namespace

LocalBackend::LocalBackend(BackendEvents events, Far far)
    : m_events(std::move(events))
    , m_far(std::move(far))
{
}

LocalBackend::~LocalBackend() = default;

Result<std::vector<Device>> LocalBackend::devices()
{
    return listDevices();
}

Result<CaptureStarted> LocalBackend::startCapture(const CaptureOptions& options)
{
    if (const auto checked = checkOptions(options); !checked)
        return tl::unexpected(checked.error());
    if (captures(options.number))
        return failure("Capture number " + std::to_string(options.number) + " is running already.");
    for (const auto& [number, capture] : m_captures)
        if (capture.engine->running() && sameDevice(capture.device, options.device))
            return failure(
                "There is a capture on " + options.device.name + " already; stop it first.");
    auto engine = std::make_unique<PcapEngine>(CaptureSink{m_events.packets, m_events.notice});
    auto started = engine->start(options);
    if (!started)
        return started;
    m_captures[options.number] = {std::move(engine), options.device};
    m_ended.erase(options.number);
    return started;
}

Result<CaptureStatistics> LocalBackend::stopCapture(std::uint8_t number)
{
    const auto found = m_captures.find(number);
    if (found == m_captures.end())
        return captureStatistics(number);
    const auto statistics = found->second.engine->stop();
    m_captures.erase(found);
    m_ended[number] = statistics;
    return statistics;
}

Result<CaptureStatistics> LocalBackend::captureStatistics(std::uint8_t number)
{
    if (const auto found = m_captures.find(number); found != m_captures.end())
        return found->second.engine->statistics();
    if (const auto found = m_ended.find(number); found != m_ended.end())
        return found->second;
    return failure(unknownCapture(number));
}

bool LocalBackend::captures(std::uint8_t number) const
{
    const auto found = m_captures.find(number);
    return found != m_captures.end() && found->second.engine->running();
}

PcapEngine& LocalBackend::engineFor(const DeviceId& device)
{
    for (const auto& [number, capture] : m_captures)
        if (capture.engine->running() && sameDevice(capture.device, device))
            return *capture.engine;
    if (!m_sender)
        m_sender = std::make_unique<PcapEngine>(CaptureSink{});
    return *m_sender;
}

Result<SendReport> LocalBackend::send(const DeviceId& device, const std::vector<Bytes>& frames)
{
    return engineFor(device).send(device, frames);
}

Result<MacAddress> LocalBackend::findNeighbour(const DeviceId& device, const IpAddress& destination)
{
    const auto found = findDevice(device);
    if (!found)
        return tl::unexpected(found.error());
    return tcpw::findNeighbour(*found, destination);
}

Result<Reachability> LocalBackend::checkReachability(
    const DeviceId& device, const IpAddress& destination)
{
    const auto found = findDevice(device);
    if (!found)
        return tl::unexpected(found.error());
    return tcpw::checkReachability(*found, destination);
}

Result<std::uint16_t> LocalBackend::newPort()
{
    return tcpw::newPort();
}

Result<GuardState> LocalBackend::armGuard(const GuardRequest& request)
{
    const auto armed = std::ranges::find_if(
        m_guards, [&request](const Guard& guard) { return guard.request() == request; });
    if (armed != m_guards.end())
        return armed->state();
    auto guard = Guard::arm(request);
    if (!guard)
        return tl::unexpected(guard.error());
    GuardState state = guard->state();
    if (!state.needed)
        return state; // may be another time, so nothing is remembered
    m_guards.push_back(std::move(*guard));
    if (m_guards.size() > maximumGuards) {
        const auto& oldest = m_guards.front().request();
        state.note += (state.note.empty() ? "" : " ") + std::to_string(maximumGuards)
            + " ports are guarded at most: the kernel answers on port "
            + std::to_string(oldest.port) + " again.";
        m_guards.pop_front();
    }
    return state;
}

Result<void> LocalBackend::releaseGuards()
{
    m_guards.clear();
    return {};
}

Result<FarReply> LocalBackend::far(const FarRequest& request)
{
    if (m_far)
        return m_far(request);
    if (insideLab())
        return askFar(request);
    return failure("There is no practice network here, so there is no far end to ask. Choose the "
                   "practice network's device lab0.");
}

} // namespace tcpw
