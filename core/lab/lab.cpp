// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"

#include "lab/farserver.h"
#include "lab/labcommand.h"
#include "lab/namespaces.h"
#include "lab/namespaceserver.h"
#include "lab/namespacesocket.h"
#include "lab/obstacle.h"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <system_error>
#include <thread>

namespace tcpw {

namespace {

constexpr std::chrono::seconds promiseLimit(3);

/// A value that one thread waits for and another one gives, perhaps too late. Used by both.
template <typename T> class Promised
{
public:
    void give(T value)
    {
        const std::lock_guard lock(m_mutex);
        m_value = std::move(value);
        m_given.notify_all();
    }

    std::optional<T> await()
    {
        std::unique_lock lock(m_mutex);
        m_given.wait_for(lock, promiseLimit, [this] { return m_value.has_value(); });
        return std::move(m_value);
    }

private:
    std::mutex m_mutex; ///< guards m_value
    std::condition_variable m_given;
    std::optional<T> m_value;
};

/// A thread that no signal interrupts.
template <typename Work> Result<std::thread> startQuietThread(Work work)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    Result<std::thread> thread;
    try {
        thread = std::thread(std::move(work));
    } catch (const std::system_error& error) {
        thread = failure("The far end of the practice network gets no thread ("
            + std::string(error.what()) + ").");
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

} // namespace

class Lab::Private
{
public:
    ~Private()
    {
        if (loop)
            loop->stop();
        if (thread.joinable())
            thread.join();
    }

    Result<void> startFarEnd();
    void runFarEnd(Promised<Result<void>>& started);
    template <typename T> Result<T> ask(std::function<Result<T>()> work);

    std::optional<LabNamespaces> namespaces;
    OwnedFd unboundSocket; ///< of the near namespace, for serveNamespace()
    FarLog log;
    std::unique_ptr<FarLoop> loop;
    std::unique_ptr<FarServer> server; ///< lives and dies on the thread, as the next one
    std::unique_ptr<NamespaceServer> namespaceServer;
    std::thread thread;
};

Result<void> Lab::Private::startFarEnd()
{
    auto made = FarLoop::create();
    if (!made)
        return failure(made.error().message);
    loop = std::move(*made);
    Promised<Result<void>> started;
    auto running = startQuietThread([this, &started] { runFarEnd(started); });
    if (!running)
        return failure(running.error().message);
    thread = std::move(*running);
    auto outcome = started.await();
    while (!outcome) // it holds a reference to `started`
        outcome = started.await();
    return *outcome;
}

void Lab::Private::runFarEnd(Promised<Result<void>>& started)
{
    ::pthread_setname_np(::pthread_self(), "lab-far-end");
    if (::setns(namespaces->farNamespace.get(), CLONE_NEWNET) != 0) {
        started.give(failure(explain({LabStep::startServers, errno}, readLabSettings()).cause));
        return;
    }
    server = std::make_unique<FarServer>(*loop, log);
    namespaceServer = std::make_unique<NamespaceServer>(
        *loop, [this](const FarRequest& request) { return server->answer(request); });
    const auto outcome = server->start();
    started.give(outcome);
    if (outcome)
        loop->run();
    namespaceServer.reset();
    server.reset();
}

/// Has the lab's thread do something and waits for what comes of it.
template <typename T> Result<T> Lab::Private::ask(std::function<Result<T>()> work)
{
    if (std::this_thread::get_id() == thread.get_id())
        return failure("The far end cannot be asked from within its own log.");
    const auto answer = std::make_shared<Promised<Result<T>>>();
    loop->post([answer, work = std::move(work)] { answer->give(work()); });
    const auto given = answer->await();
    if (!given)
        return failure("The far end of the practice network did not answer in three seconds.");
    return *given;
}

Lab::Lab()
    : d(std::make_unique<Private>())
{
}

Lab::~Lab() = default;

Result<std::unique_ptr<Lab>> Lab::start(LabObstacle* obstacle)
{
    const OwnedFd before(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
    const auto failed = [&before, obstacle](const LabObstacle& reason) {
        // Back to where the thread was, as far as that is possible without a user namespace.
        static_cast<void>(::setns(before.get(), CLONE_NEWNET));
        if (obstacle != nullptr)
            *obstacle = reason;
        return failure(reason.cause);
    };
    auto namespaces = enterLabNamespaces();
    if (!namespaces)
        return failed(explain(namespaces.error(), readLabSettings()));
    if (const auto joined = joinLabEnds(*namespaces); !joined)
        return failed(explain(joined.error(), readLabSettings()));
    std::unique_ptr<Lab> lab(new Lab);
    const bool hasIpv6 = namespaces->nearEnd.hasIpv6() && namespaces->farEnd.hasIpv6();
    lab->d->namespaces = std::move(*namespaces);
    lab->d->unboundSocket = openNamespaceSocket();
    if (!hasIpv6)
        lab->d->log.add(0,
            "This system has IPv6 switched off, so the practice network has IPv4 "
            "only.");
    if (const auto started = lab->d->startFarEnd(); !started)
        return failed({started.error().message, ""});
    return lab;
}

Result<FarReply> Lab::far(const FarRequest& request)
{
    return d->ask<FarReply>([this, request] { return d->server->answer(request); });
}

void Lab::setLog(std::function<void(const FarEvent&)> log)
{
    d->log.setCallback(std::move(log));
}

Result<void> Lab::serveNamespace()
{
    return d->ask<void>([this] { return d->namespaceServer->listen(std::move(d->unboundSocket)); });
}

Result<int> Lab::run(const std::vector<std::string>& command)
{
    return runInNamespace(d->namespaces->nearNamespace, command);
}

} // namespace tcpw
