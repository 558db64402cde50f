// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"
#include "lab/ownedfd.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace tcpw {

/// Waits for descriptors with epoll, and runs on one thread what others hand to it. post() and
/// stop() may be called by any thread, the rest by the one that runs it.
class FarLoop
{
public:
    using Handler = std::function<void(std::uint32_t events)>;

    static Result<std::unique_ptr<FarLoop>> create();

    /// Calls the handler for each of the epoll events; gives a number for change() and forget().
    std::uint64_t watch(int descriptor, std::uint32_t events, Handler handler);
    void change(std::uint64_t watch, std::uint32_t events);
    void forget(std::uint64_t watch); ///< to be called before the descriptor is closed
    void pause(std::uint64_t watch); ///< until the next tick

    void setTick(std::function<void()> tick);
    void wantTick(); ///< one, half a second after the first that wants it

    void run(); ///< until stop()
    void stop();
    void post(std::function<void()> task);

private:
    struct Watch
    {
        int descriptor = -1;
        std::uint32_t events = 0;
        std::shared_ptr<Handler> handler;
    };

    FarLoop() = default;
    void dispatch(std::uint64_t watch, std::uint32_t events);
    int millisecondsToTick() const;
    void runDueTick();
    void runPosted();
    void wake();

    OwnedFd m_epoll;
    OwnedFd m_wakeUp;
    std::map<std::uint64_t, Watch> m_watches;
    std::uint64_t m_lastWatch = 0;
    std::function<void()> m_tick;
    std::map<std::uint64_t, std::uint32_t> m_paused; ///< and the events they had
    std::optional<std::chrono::steady_clock::time_point> m_tickDue;

    std::mutex m_mutex; ///< guards the two below
    std::vector<std::function<void()>> m_posted;
    bool m_stopping = false;
};

} // namespace tcpw
