// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/laneset.h"
#include "link/linkwatch.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

namespace tcpw {

/// One capture from start to stop, on a thread of its own. Its functions are called by the owner's
/// thread; the sink is called by the worker's.
class CaptureWorker
{
public:
    static Result<std::unique_ptr<CaptureWorker>> start(const CaptureOptions& options,
        const CaptureSink& sink, InjectedFrames& injected, CaptureStarted& started);
    ~CaptureWorker(); ///< stops

    CaptureWorker(const CaptureWorker&) = delete;
    CaptureWorker& operator=(const CaptureWorker&) = delete;

    CaptureStatistics stop();
    bool running() const { return !m_ended; }
    CaptureStatistics statistics() const;

private:
    CaptureWorker(const CaptureOptions& options, const CaptureSink& sink, InjectedFrames& injected,
        LaneSet lanes);

    void run();
    /// Waits for something to do; false when stop() was called.
    bool wait();
    /// Passes on notices; false when the device is gone.
    bool passOn(const std::vector<CaptureNotice>& notices);
    bool survivesFailure();
    /// Reads the rings and passes packets on; false when a handle is broken.
    bool work();
    void deliver(PacketBatch batch);
    void finish();
    void publish(bool atEnd);
    void tell(CaptureNotice::Kind kind, const std::string& text);

    const CaptureOptions m_options;
    const CaptureSink m_sink;
    InjectedFrames& m_injected;
    LaneSet m_lanes;
    LinkWatch m_watch;
    int m_wake = -1; ///< eventfd that stop() writes to
    bool m_moreToRead = false;
    bool m_isFlooded = false; ///< packets come by the hundreds a millisecond
    std::chrono::steady_clock::time_point m_holdingSince; ///< while the lanes are not empty
    std::chrono::steady_clock::time_point m_publishedMissed;
    std::uint64_t m_missed = 0;
    std::string m_endSentence; ///< why it ended by itself
    std::uint64_t m_delivered = 0;

    mutable std::mutex m_mutex; ///< guards m_statistics
    CaptureStatistics m_statistics;
    std::atomic<bool> m_ended = false;
    std::thread m_thread;
};

} // namespace tcpw
