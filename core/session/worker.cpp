// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/worker.h"

#include <QMetaObject>

#include <sys/resource.h>

namespace tcpw {

namespace {

/// More than what the thread has, which on Linux is its own.
constexpr int backgroundNice = 5;

} // namespace

Worker::Worker(QObject* owner, Priority priority)
    : m_owner(owner)
    , m_thread([this, priority] {
        if (priority == Priority::background)
            setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + backgroundNice);
        run();
    })
{
}

Worker::~Worker()
{
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(
            m_jobs, [](const Waiting& waiting) { return waiting.atEnd == AtEnd::dropped; });
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Worker::post(Job job, AtEnd atEnd)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_ending && atEnd == AtEnd::dropped)
            return;
        m_jobs.push_back({std::move(job), atEnd});
    }
    m_wake.notify_one();
}

void Worker::run()
{
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_ending || !m_jobs.empty(); });
            if (m_jobs.empty())
                return;
            job = std::move(m_jobs.front().job);
            m_jobs.pop_front();
        }
        // The owner outlives its worker, and Qt drops what is queued for a QObject that is gone.
        if (auto completion = job())
            QMetaObject::invokeMethod(m_owner, std::move(completion), Qt::QueuedConnection);
    }
}

} // namespace tcpw
