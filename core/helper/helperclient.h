// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/backend.h"
#include "helper/helperconnection.h"

namespace tcpw {

/// The network as a helper may use it.
class HelperClient : public Backend
{
public:
    explicit HelperClient(std::unique_ptr<HelperConnection> connection);

    /// Hands on what a helper says unasked; false when it is no event.
    static bool handOn(const ReceivedMessage& message, const BackendEvents& events);

    pid_t processId() { return m_connection->processId(); }

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

private:
    std::unique_ptr<HelperConnection> m_connection;
};

} // namespace tcpw
