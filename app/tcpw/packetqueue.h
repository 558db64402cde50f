// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/backend.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

namespace tcpw {

/// Where a backend's threads put packets and the command's thread takes them. SIGINT, SIGTERM and
/// SIGHUP end the waiting.
class PacketQueue
{
public:
    using Clock = std::chrono::steady_clock;

    PacketQueue();

    /// The events to open a backend with.
    BackendEvents events();

    /// The notices of so many captures that end by themselves end the waiting together.
    void followCaptures(std::size_t captures);
    /// From now on packets wait with the backend while too many are here, so that what is lost is
    /// lost there and counted. Who calls it takes packets from now on: a backend that waits does
    /// not answer.
    void setBounded();
    /// Takes whatever still comes: to be called before captures are stopped.
    void openWide();

    static Clock::time_point deadline(double seconds);

    /// Waits for packets; false at the deadline, after a signal, or when the capture has ended by
    /// itself and everything was taken.
    bool next(PacketBatch& batch, Clock::time_point until);

    /// Whether one of those signals came.
    static bool isInterrupted();

    /// Why the (last) capture ended by itself; "" when it did not.
    std::string problem() const;
    /// How many captures ended by themselves.
    std::size_t endedCaptures() const;

private:
    mutable std::mutex m_mutex; // guards all below
    std::condition_variable m_arrived;
    std::condition_variable m_taken;
    PacketBatch m_packets;
    bool m_bounded = false;
    std::size_t m_captures = 1;
    std::size_t m_endedCaptures = 0;
    std::string m_problem;
};

} // namespace tcpw
