// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/client.h"
#include "session/worker.h"

#include <memory>

namespace tcpw {

/// One backend and the thread that calls it. Events arrive on the backend's thread.
class BackendHost
{
public:
    BackendHost(BackendKind kind, BackendEvents events, QObject* owner);

    BackendKind kind() const { return m_kind; }

    /// Runs `job` on the worker with the backend, which is opened first when there is none; the job
    /// gets the reason when it cannot be had. What the job returns runs in the owner's thread.
    void post(std::function<Worker::Completion(Result<Backend*>)> job);

    /// Why the last try to open a lab failed; to be read by jobs. Empty when none did.
    const LabObstacle& obstacle() const { return m_obstacle; }

    /// Ends the backend; the next job opens another one.
    void close();

private:
    Result<Backend*> backend();

    const BackendKind m_kind;
    const BackendEvents m_events;
    std::unique_ptr<Backend> m_backend; ///< of the worker thread alone
    LabObstacle m_obstacle; ///< of the worker thread alone
    Worker m_worker; ///< last: joined before the backend goes
};

} // namespace tcpw
