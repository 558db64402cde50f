// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/capturegroup.h"
#include "session/devicewatch.h"
#include "session/filesession.h"
#include "session/livesession.h"

#include <QTimer>

#include <mutex>

namespace tcpw {

/// The state behind LiveSession; of the UI thread, but for what backends' threads hand to `files`.
class LiveSession::Private : public QObject
{
public:
    explicit Private(LiveSession& session);
    ~Private() override;

    static QString text(const std::string& message) { return QString::fromStdString(message); }
    BackendHost& host(BackendKind kind) { return kind == BackendKind::lab ? lab : machine; }

    void listLab();
    void listHost();
    void watchDevices();
    void choose(const DeviceId& id);
    void startCapture(std::function<void(bool)> done);
    void stopCapture(std::function<void()> done);
    void checkFilter(const QString& filter, bool use);
    void setAlso(const std::vector<DeviceId>& wanted);
    std::vector<Device> captureDevices() const;

    LiveSession& session;
    bool withLab = true;
    std::vector<Device> devices;
    std::vector<Device> labDevices, hostDevices;
    DeviceId chosen;
    bool awaitingLab = false; ///< its device is to be chosen when it comes
    std::vector<DeviceId> also; ///< captured on beside the chosen one
    bool labRunning = false;
    LabObstacle obstacle;
    int labRestarts = 0;
    CaptureGroup captures;
    bool capturing = false;
    std::size_t starting = 0; ///< how many devices' outcomes are awaited
    quint64 startRound = 0; ///< outcomes of older rounds are dropped
    bool capturedHost = false; ///< the live store may have packets of a real device
    std::vector<std::function<void(bool)>> awaitingStart;
    QString captureFilter;
    quint64 filterCheck = 0; ///< the newest check's number; older outcomes are dropped
    FileSession files;
    quint64 droppedBefore = 0; ///< by the disk, before the store was made
    QTimer statisticsTimer;

private:
    BackendEvents events(BackendKind kind);
    void joinDevices();
    void captureOnAlso(const std::vector<DeviceId>& before);
    bool followNames();
    void endGone(BackendKind kind, const std::vector<Device>& there);
    void missChosen();
    void chooseFirst();
    void startOn(const Device& device, std::function<void(const Result<CaptureStarted>&)> done);
    void startedOn(const Result<CaptureStarted>& result);
    void allStarted();
    void captureEnded();
    void tell(const std::string& warning);
    void onReplaced();
    void onNotice(const CaptureNotice& notice);
    void onStopped(const CaptureNotice& notice);
    void onLost(BackendKind kind, const QString& message);
    void filterChecked(const QString& filter, const QString& problem, bool use);

    DeviceId toldGone; ///< a device that a notice has told of already
    std::vector<std::string> startWarnings;
    std::vector<std::string> startProblems;
    std::mutex appending; ///< makes the backends' threads append one at a time
    Worker filterWorker;
    BackendHost lab;
    BackendHost machine; ///< hosts last: their threads use the above
};

} // namespace tcpw
