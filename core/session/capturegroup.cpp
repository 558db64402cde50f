// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/capturegroup.h"

#include <algorithm>

namespace tcpw {

namespace {

constexpr std::size_t mostDevices = 255; // what a record's byte can tell apart, and file readers do

/// Counters only grow; a backend that was opened anew begins again.
std::uint64_t grown(std::uint64_t now, std::uint64_t before)
{
    return now >= before ? now - before : now;
}

CaptureStatistics since(const CaptureStatistics& now, const CaptureStatistics& before)
{
    return {grown(now.delivered, before.delivered),
        grown(now.droppedByKernel, before.droppedByKernel),
        grown(now.droppedByDevice, before.droppedByDevice),
        grown(now.droppedByHelper, before.droppedByHelper)};
}

/// By index and namespace: a device that was renamed is still the same.
bool isSame(const DeviceId& a, const DeviceId& b)
{
    return a.index == b.index && a.networkNamespace == b.networkNamespace
        && (a.networkNamespace != 0 || a.name == b.name);
}

} // namespace

CaptureGroup::CaptureGroup(HostOf hostOf, QObject* parent)
    : QObject(parent)
    , m_hostOf(std::move(hostOf))
{
}

std::optional<std::uint8_t> CaptureGroup::numberOf(const DeviceId& device)
{
    const auto found = std::ranges::find_if(
        m_numbered, [&device](const DeviceId& each) { return isSame(each, device); });
    if (found == m_numbered.end() && m_numbered.size() >= mostDevices)
        return {};
    const auto number = static_cast<std::uint8_t>(found - m_numbered.begin());
    if (found == m_numbered.end())
        m_numbered.push_back(device);
    return number;
}

const DeviceId* CaptureGroup::deviceOf(std::uint8_t number) const
{
    return number < m_numbered.size() ? &m_numbered[number] : nullptr;
}

void CaptureGroup::rename(const DeviceId& from, const DeviceId& to)
{
    for (DeviceId& each : m_numbered)
        if (isSame(each, from))
            each = to;
}

bool CaptureGroup::has(const DeviceId& device) const
{
    return std::ranges::any_of(
        m_captures, [&](const auto& each) { return isSame(m_numbered[each.first], device); });
}

bool CaptureGroup::isRunning(std::uint8_t number) const
{
    const auto found = m_captures.find(number);
    return found != m_captures.end() && found->second.running;
}

std::vector<DeviceId> CaptureGroup::devices(BackendKind kind) const
{
    std::vector<DeviceId> devices;
    for (const auto& [number, capture] : m_captures)
        if (capture.kind == kind)
            devices.push_back(m_numbered[number]);
    return devices;
}

void CaptureGroup::start(const Device& device, const std::string& filter, Started done)
{
    const auto number = numberOf(device.id);
    if (!number)
        return done(failure("So many devices were captured on that " + device.id.name
            + " cannot be told from them. Save what was captured, and clear it."));
    CaptureOptions options;
    options.device = device.id;
    options.number = *number;
    options.filter = filter;
    const Capture capture{++m_serial, device.lab ? BackendKind::lab : BackendKind::host, false,
        std::make_shared<bool>(false)};
    m_captures[*number] = capture;
    m_counts[capture.serial];
    m_hostOf(capture.kind)
        .post([this, options, capture, done](Result<Backend*> backend) -> Worker::Completion {
            Result<CaptureStarted> result = backend ? (*backend)->startCapture(options)
                                                    : tl::unexpected<Error>(backend.error());
            *capture.begun = result.has_value();
            return [this, number = options.number, serial = capture.serial, result, done] {
                started(number, serial, result);
                done(result);
            };
        });
}

void CaptureGroup::started(
    std::uint8_t number, quint64 serial, const Result<CaptureStarted>& result)
{
    const auto found = m_captures.find(number);
    if (found == m_captures.end() || found->second.serial != serial)
        return; // stopped meanwhile
    found->second.running = result.has_value();
    if (result)
        return;
    m_captures.erase(found);
    m_counts.erase(serial);
}

void CaptureGroup::stop(const DeviceId& device)
{
    if (const auto number = numberOf(device); number && m_captures.contains(*number))
        stop(*number, [] {});
}

void CaptureGroup::stop(std::uint8_t number, std::function<void()> done)
{
    const Capture capture = m_captures.extract(number).mapped();
    m_hostOf(capture.kind)
        .post([this, capture, number, done](Result<Backend*> backend) -> Worker::Completion {
            std::optional<CaptureStatistics> last;
            if (*capture.begun && backend)
                if (const auto result = (*backend)->stopCapture(number))
                    last = *result;
            return [this, serial = capture.serial, last, done] {
                ended(serial, last);
                emit statisticsRead();
                done();
            };
        });
}

void CaptureGroup::stopAll(std::function<void()> done)
{
    const auto running = std::make_shared<std::size_t>(m_captures.size());
    if (*running == 0)
        return done();
    while (!m_captures.empty())
        stop(m_captures.begin()->first, [running, done] {
            if (--*running == 0)
                done();
        });
}

void CaptureGroup::forget(BackendKind kind)
{
    for (const DeviceId& device : devices(kind)) {
        ended(m_captures[*numberOf(device)].serial, {});
        m_captures.erase(*numberOf(device));
    }
}

/// Without `last` what was read before is all that is known.
void CaptureGroup::ended(quint64 serial, const std::optional<CaptureStatistics>& last)
{
    const auto found = m_counts.find(serial);
    if (found == m_counts.end())
        return;
    m_ended += since(last.value_or(found->second.now), found->second.before);
    m_counts.erase(found);
}

CaptureStatistics CaptureGroup::statistics() const
{
    CaptureStatistics sum = m_ended;
    for (const auto& [serial, counts] : m_counts)
        sum += since(counts.now, counts.before);
    return sum;
}

void CaptureGroup::readStatistics()
{
    for (const auto& [number, capture] : m_captures) {
        if (!capture.running)
            continue;
        m_hostOf(capture.kind)
            .post([this, number = number, serial = capture.serial](
                      Result<Backend*> backend) -> Worker::Completion {
                Result<CaptureStatistics> result = backend ? (*backend)->captureStatistics(number)
                                                           : tl::unexpected<Error>(backend.error());
                return [this, result, serial] {
                    const auto found = m_counts.find(serial);
                    if (!result || found == m_counts.end())
                        return;
                    found->second.now = *result;
                    emit statisticsRead();
                };
            });
    }
}

void CaptureGroup::countAnew()
{
    m_ended = {};
    std::erase_if(m_counts, [this](const auto& each) { // what is being stopped went to the old one
        return std::ranges::none_of(m_captures,
            [&each](const auto& capture) { return capture.second.serial == each.first; });
    });
    for (auto& [serial, counts] : m_counts)
        counts.before = counts.now;
    if (m_captures.empty())
        m_numbered.clear();
}

} // namespace tcpw
