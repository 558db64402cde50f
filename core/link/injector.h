// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/injectedframes.h"
#include "link/pcaphandle.h"

#include <chrono>
#include <span>

namespace tcpw {

/// Sends frames on one device at a time, by a handle of its own that captures nothing.
class Injector
{
public:
    explicit Injector(InjectedFrames& injected);

    /// Opens the handle, which takes the kernel some 20 ms, so that the first send() need not.
    Result<void> prepare(const DeviceId& device);

    /// Sends the frames in order; a frame that the device refuses does not stop those after it.
    Result<SendReport> send(const DeviceId& device, std::span<const Bytes> frames);

private:
    class Burst;
    Result<void> open(const DeviceId& device);

    InjectedFrames& m_injected;
    DeviceId m_device;
    PcapPointer m_handle;
    bool m_marks = false; ///< the capture knows our frames by their mark
};

} // namespace tcpw
