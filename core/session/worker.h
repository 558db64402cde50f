// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QObject>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tcpw {

/// A thread that does jobs in their order; what a job returns is called in the thread of `owner`,
/// unless the owner or the worker is gone by then. post() may be called by any thread.
class Worker
{
public:
    using Completion = std::function<void()>;
    using Job = std::function<Completion()>;

    explicit Worker(QObject* owner);
    ~Worker(); ///< drops the jobs that have not begun, waits for the one that has

    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void post(Job job);

private:
    void run();

    QObject* m_owner;
    std::mutex m_mutex; // guards the two below
    std::deque<Job> m_jobs;
    bool m_ending = false;
    std::condition_variable m_wake;
    std::thread m_thread;
};

} // namespace tcpw
