// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/backend.h"

#include <list>
#include <map>
#include <memory>

namespace tcpw {

class PcapEngine;

/// The network as this process may use it, in the network namespace of the calling thread.
class LocalBackend : public Backend
{
public:
    using Far = std::function<Result<FarReply>(const FarRequest&)>;

    /// Without `far` the far end is asked for in this network namespace.
    explicit LocalBackend(BackendEvents events, Far far = {});
    ~LocalBackend() override;

    Result<std::vector<Device>> devices() override;
    Result<CaptureStarted> startCapture(const CaptureOptions& options) override;
    Result<CaptureStatistics> stopCapture(std::uint8_t number) override;
    Result<CaptureStatistics> captureStatistics(std::uint8_t number) override;
    Result<SendReport> send(const DeviceId& device, const std::vector<Bytes>& frames) override;
    Result<MacAddress> findNeighbour(const DeviceId& device, const IpAddress& destination) override;
    Result<Reachability> checkReachability(
        const DeviceId& device, const IpAddress& destination) override;
    Result<std::uint16_t> newPort() override;
    Result<GuardState> armGuard(const GuardRequest& request) override;
    Result<void> releaseGuards() override;
    Result<FarReply> far(const FarRequest& request) override;

    /// True while packets of that capture may come.
    bool captures(std::uint8_t number) const;

    /// As many guards are held at a time; one more releases the oldest, and says so.
    static constexpr std::size_t maximumGuards = 512;

private:
    struct Capture
    {
        std::unique_ptr<PcapEngine> engine;
        DeviceId device;
    };

    /// The engine that knows what was captured on this device, else one that only sends.
    PcapEngine& engineFor(const DeviceId& device);

    BackendEvents m_events;
    Far m_far;
    std::map<std::uint8_t, Capture> m_captures; ///< by number
    std::map<std::uint8_t, CaptureStatistics> m_ended; ///< of captures that were stopped
    std::unique_ptr<PcapEngine> m_sender;
    std::list<Guard> m_guards; ///< oldest first
};

} // namespace tcpw
