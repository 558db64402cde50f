// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/capture.h"

#include <memory>
#include <span>

namespace tcpw {

/// Captures on one device with libpcap on a worker thread, injects on the same device, and tells
/// who put each captured packet on the wire: me for what this process injected on any device, the
/// kernel for what else went out; lo shows each packet once, and all are the kernel's. Packets come
/// in the order of their time stamps. All functions are called on one thread, the owner's; the sink
/// is called on the worker thread.
class PcapEngine
{
public:
    explicit PcapEngine(CaptureSink sink);
    ~PcapEngine(); ///< stops

    PcapEngine(const PcapEngine&) = delete;
    PcapEngine& operator=(const PcapEngine&) = delete;

    /// Opens the device and starts the worker thread. Fails with a sentence that says what and why:
    /// no permission, gone, down, not the device that was chosen, a filter that does not compile.
    Result<CaptureStarted> start(const CaptureOptions& options);

    /// Ends the capture: hands on what is in the ring, then reads the statistics. Within 300 ms.
    CaptureStatistics stop();

    bool running() const;
    CaptureStatistics statistics() const;

    /// Sends the frames as they are, in order; checks first that the device is still the one of
    /// that id. Works without a running capture too. A burst goes by sendmmsg on the handle's
    /// socket.
    Result<SendReport> send(const DeviceId& device, std::span<const Bytes> frames);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
