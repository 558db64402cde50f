// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/backendhost.h"

namespace tcpw {

BackendHost::BackendHost(BackendKind kind, BackendEvents events, QObject* owner)
    : m_kind(kind)
    , m_events(std::move(events))
    , m_worker(owner)
{
}

void BackendHost::post(std::function<Worker::Completion(Result<Backend*>)> job)
{
    m_worker.post([this, job = std::move(job)] { return job(backend()); });
}

void BackendHost::close()
{
    m_worker.post([this]() -> Worker::Completion {
        m_backend.reset();
        return {};
    });
}

Result<Backend*> BackendHost::backend()
{
    if (!m_backend) {
        m_obstacle = {};
        auto opened = openBackend(m_kind, m_events, &m_obstacle);
        if (!opened)
            return tl::unexpected<Error>(opened.error());
        m_backend = std::move(*opened);
    }
    return m_backend.get();
}

} // namespace tcpw
