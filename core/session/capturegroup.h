// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/backendhost.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace tcpw {

/// The captures that run at once, each on a device of its own, of either backend, and what they
/// count. Each device has a number, which is in the records of its packets. Of the UI thread: calls
/// to backends happen on the hosts' worker threads.
class CaptureGroup : public QObject
{
    Q_OBJECT
public:
    using HostOf = std::function<BackendHost&(BackendKind)>;
    using Started = std::function<void(const Result<CaptureStarted>&)>;

    explicit CaptureGroup(HostOf hostOf, QObject* parent = nullptr);

    /// Starts a capture on a device that has none; `done` gets how that went, also when it was
    /// stopped before.
    void start(const Device& device, const std::string& filter, Started done);
    /// Stops one; statisticsRead() tells when its last packet was handed over and counted.
    void stop(const DeviceId& device);
    /// Stops all, and then `done`.
    void stopAll(std::function<void()> done);
    /// The backend is gone, and its captures with it.
    void forget(BackendKind kind);

    bool empty() const { return m_captures.empty(); }
    /// True from start() to stop().
    bool has(const DeviceId& device) const;
    bool isRunning(std::uint8_t number) const;
    std::vector<DeviceId> devices(BackendKind kind) const;

    /// The device's number, the same for as long as devices are not numbered anew; empty when there
    /// are too many.
    std::optional<std::uint8_t> numberOf(const DeviceId& device);
    const DeviceId* deviceOf(std::uint8_t number) const;
    const std::vector<DeviceId>& numbered() const { return m_numbered; }
    /// A device has another name now.
    void rename(const DeviceId& from, const DeviceId& to);

    /// All captures' together since countAnew().
    CaptureStatistics statistics() const;
    void readStatistics();
    /// For a new store: counts from what was last read on, and numbers devices anew where none is
    /// captured on.
    void countAnew();

signals:
    void statisticsRead();

private:
    /// What a capture has counted, without what it had when the counting began.
    struct Counts
    {
        CaptureStatistics now;
        CaptureStatistics before;
    };
    struct Capture
    {
        quint64 serial = 0; ///< tells it from others of its number
        BackendKind kind = BackendKind::lab;
        bool running = false; ///< false while it starts
        std::shared_ptr<bool> begun; ///< of the host's worker thread
    };
    void started(std::uint8_t number, quint64 serial, const Result<CaptureStarted>& result);
    void stop(std::uint8_t number, std::function<void()> done);
    void ended(quint64 serial, const std::optional<CaptureStatistics>& last);

    HostOf m_hostOf;
    std::vector<DeviceId> m_numbered; ///< by number
    std::map<std::uint8_t, Capture> m_captures; ///< by number
    std::map<quint64, Counts> m_counts; ///< by serial; also of captures that are being stopped
    CaptureStatistics m_ended;
    quint64 m_serial = 0;
};

} // namespace tcpw
