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
    /// What becomes of a job that has not begun when the worker ends.
    enum class AtEnd
    {
        dropped,
        done
    };

    enum class Priority
    {
        usual,
        background, ///< the owner's thread goes first where processors are few
    };

    explicit Worker(QObject* owner, Priority priority = Priority::usual);
    ~Worker(); ///< waits for the job that has begun, and does those that are not to be dropped

    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void post(Job job, AtEnd atEnd = AtEnd::dropped);

private:
    struct Waiting
    {
        Job job;
        AtEnd atEnd;
    };
    void run();

    QObject* m_owner;
    std::mutex m_mutex; // guards the two below
    std::deque<Waiting> m_jobs;
    bool m_ending = false;
    std::condition_variable m_wake;
    std::thread m_thread;
};

} // namespace tcpw
