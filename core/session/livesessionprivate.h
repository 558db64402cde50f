// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/backendhost.h"
#include "session/filesession.h"
#include "session/livesession.h"

#include <QTimer>

namespace tcpw {

/// The state behind LiveSession; of the UI thread, but for what backends' threads hand to `files`.
class LiveSession::Private : public QObject
{
public:
    explicit Private(LiveSession& session);
    ~Private() override;

    BackendHost& host(BackendKind kind) { return kind == BackendKind::lab ? lab : machine; }

    void listLab();
    void listHost();
    void startCapture(const Device& device, std::function<void(bool)> done);
    void stopCapture(std::function<void()> done);
    void checkFilter(const QString& filter, bool use);
    void readStatistics();

    LiveSession& session;
    bool withLab = true;
    std::vector<Device> devices;
    std::vector<Device> labDevices, hostDevices;
    DeviceId chosen;
    bool labRunning = false;
    LabObstacle obstacle;
    int labRestarts = 0;
    bool capturing = false;
    bool starting = false;
    BackendKind captureKind = BackendKind::lab;
    bool capturedHost = false; ///< the live store may have packets of a real device
    std::vector<std::function<void(bool)>> awaitingStart;
    CaptureStatistics statistics;
    QString captureFilter;
    quint64 filterCheck = 0; ///< the newest check's number; older outcomes are dropped
    FileSession files;
    QTimer statisticsTimer;

private:
    BackendEvents events(BackendKind kind);
    void joinDevices();
    void chooseFirst();
    void captureStarted(const Result<CaptureStarted>& result, BackendKind kind);
    void captureEnded();
    void onNotice(const CaptureNotice& notice);
    void onLost(BackendKind kind, const QString& message);
    void filterChecked(const QString& filter, const QString& problem, bool use);

    Worker filterWorker;
    BackendHost lab;
    BackendHost machine; ///< hosts last: their threads use the above
};

} // namespace tcpw
