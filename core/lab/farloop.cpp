// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/farloop.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace tcpw {

namespace {

constexpr std::uint64_t wakeUpWatch = 0;
constexpr std::chrono::milliseconds tickDelay(500);

epoll_event makeEvent(std::uint32_t events, std::uint64_t watch)
{
    epoll_event event = {};
    event.events = events;
    event.data.u64 = watch;
    return event;
}

} // namespace

Result<std::unique_ptr<FarLoop>> FarLoop::create()
{
    std::unique_ptr<FarLoop> loop(new FarLoop);
    loop->m_epoll = OwnedFd(::epoll_create1(EPOLL_CLOEXEC));
    loop->m_wakeUp = OwnedFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    epoll_event event = makeEvent(EPOLLIN, wakeUpWatch);
    if (!loop->m_epoll || !loop->m_wakeUp
        || ::epoll_ctl(loop->m_epoll.get(), EPOLL_CTL_ADD, loop->m_wakeUp.get(), &event) != 0)
        return failure("The far end of the practice network cannot wait for events ("
            + std::string(std::strerror(errno)) + ").");
    return loop;
}

std::uint64_t FarLoop::watch(int descriptor, std::uint32_t events, Handler handler)
{
    const std::uint64_t number = ++m_lastWatch;
    m_watches[number] = {descriptor, events, std::make_shared<Handler>(std::move(handler))};
    epoll_event event = makeEvent(events, number);
    static_cast<void>(::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, descriptor, &event));
    return number;
}

void FarLoop::change(std::uint64_t watch, std::uint32_t events)
{
    const auto found = m_watches.find(watch);
    if (found == m_watches.end() || found->second.events == events)
        return;
    found->second.events = events;
    epoll_event event = makeEvent(events, watch);
    static_cast<void>(::epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, found->second.descriptor, &event));
}

void FarLoop::forget(std::uint64_t watch)
{
    const auto found = m_watches.find(watch);
    if (found == m_watches.end())
        return;
    static_cast<void>(::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, found->second.descriptor, nullptr));
    m_watches.erase(found);
}

void FarLoop::pause(std::uint64_t watch)
{
    const auto found = m_watches.find(watch);
    if (found == m_watches.end() || found->second.events == 0)
        return;
    m_paused[watch] = found->second.events;
    change(watch, 0);
    wantTick();
}

void FarLoop::setTick(std::function<void()> tick)
{
    m_tick = std::move(tick);
}

void FarLoop::run()
{
    std::array<epoll_event, 64> events;
    while (true) {
        const int count = ::epoll_wait(
            m_epoll.get(), events.data(), static_cast<int>(events.size()), millisecondsToTick());
        if (count < 0 && errno != EINTR)
            return;
        for (int i = 0; i < count; ++i)
            dispatch(events.at(static_cast<std::size_t>(i)).data.u64,
                events.at(static_cast<std::size_t>(i)).events);
        runDueTick();
        runPosted();
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
    }
}

void FarLoop::wantTick()
{
    if (!m_tickDue)
        m_tickDue = std::chrono::steady_clock::now() + tickDelay;
}

/// As epoll_wait takes it: -1 for ever.
int FarLoop::millisecondsToTick() const
{
    using namespace std::chrono;
    if (!m_tickDue)
        return -1;
    const auto left = ceil<milliseconds>(*m_tickDue - steady_clock::now()).count();
    return left > 0 ? static_cast<int>(left) : 0;
}

void FarLoop::runDueTick()
{
    if (!m_tickDue || std::chrono::steady_clock::now() < *m_tickDue)
        return;
    m_tickDue.reset();
    for (const auto& [watch, events] : m_paused)
        change(watch, events);
    m_paused.clear();
    if (m_tick)
        m_tick();
}

/// A handler may forget its own watch, or one whose event waits in the same batch.
void FarLoop::dispatch(std::uint64_t watch, std::uint32_t events)
{
    const auto found = m_watches.find(watch);
    if (found == m_watches.end())
        return;
    const std::shared_ptr<Handler> handler = found->second.handler;
    (*handler)(events);
}

void FarLoop::runPosted()
{
    std::uint64_t count = 0;
    static_cast<void>(!::read(m_wakeUp.get(), &count, sizeof(count)));
    std::vector<std::function<void()>> tasks;
    {
        const std::lock_guard lock(m_mutex);
        tasks.swap(m_posted);
    }
    for (const auto& task : tasks)
        task();
}

void FarLoop::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    wake();
}

void FarLoop::post(std::function<void()> task)
{
    {
        const std::lock_guard lock(m_mutex);
        m_posted.push_back(std::move(task));
    }
    wake();
}

void FarLoop::wake()
{
    const std::uint64_t one = 1;
    static_cast<void>(!::write(m_wakeUp.get(), &one, sizeof(one)));
}

} // namespace tcpw
