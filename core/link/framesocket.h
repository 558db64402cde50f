// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/device.h"
#include "link/socketfilter.h"
#include "packet/packet.h"

#include <chrono>
#include <functional>

namespace tcpw {

/// A packet socket that asks a question on a device and waits for the answer. What it sends carries
/// our mark, as what is injected does.
class FrameSocket
{
public:
    using Clock = std::chrono::steady_clock;

    /// Gets frames of this EtherType that pass the filter from then on.
    static Result<FrameSocket> open(
        const DeviceId& device, std::uint16_t etherType, const FilterProgram& filter);
    FrameSocket(FrameSocket&& other) noexcept;
    FrameSocket& operator=(FrameSocket&&) = delete;
    ~FrameSocket();

    Result<void> send(const Packet& packet) const;

    /// Waits for a frame from another machine that `accepts`; false when none came in time.
    bool await(Clock::time_point deadline, const std::function<bool(const Packet&)>& accepts) const;

private:
    FrameSocket() = default;
    int m_socket = -1;
    DeviceId m_device;
};

} // namespace tcpw
