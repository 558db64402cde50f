// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "guard/guard.h"
#include "lab/far.h"
#include "link/capture.h"

#include <functional>

namespace tcpw {

/// Takes what a backend gives without being asked; called on a thread of the backend's.
struct BackendEvents
{
    /// The packets may lie in memory that is used again afterwards; copies may be kept.
    std::function<void(const PacketBatch&)> packets;
    std::function<void(const CaptureNotice&)> notice;
    std::function<void(const FarEvent&)> far;
    std::function<void(const Error&)>
        lost; ///< the helper is gone or broken; nothing works any more
};

/// What a window or a command asks of a machine's network: done in this process (LocalBackend) or
/// by the helper (HelperClient). Calls block until done or failed, at most three seconds; any one
/// thread at a time may call.
class Backend
{
public:
    virtual ~Backend() = default;

    virtual Result<std::vector<Device>> devices() = 0;

    virtual Result<CaptureStarted> startCapture(const CaptureOptions& options) = 0;
    /// When it returns, every packet of the capture was handed to BackendEvents::packets.
    virtual Result<CaptureStatistics> stopCapture(std::uint8_t number) = 0;
    virtual Result<CaptureStatistics> captureStatistics(std::uint8_t number) = 0;

    virtual Result<SendReport> send(const DeviceId& device, const std::vector<Bytes>& frames) = 0;

    virtual Result<MacAddress> findNeighbour(const DeviceId& device, const IpAddress& destination)
        = 0;
    virtual Result<Reachability> checkReachability(
        const DeviceId& device, const IpAddress& destination)
        = 0;
    virtual Result<std::uint16_t> newPort() = 0;

    /// Arming what is armed already gives its state again.
    virtual Result<GuardState> armGuard(const GuardRequest& request) = 0;
    virtual Result<void> releaseGuards() = 0;

    /// Fails where there is no lab.
    virtual Result<FarReply> far(const FarRequest& request) = 0;
};

} // namespace tcpw
