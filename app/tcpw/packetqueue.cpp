// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packetqueue.h"

#include <csignal>
#include <cstdio>

namespace tcpw {

namespace {

volatile std::sig_atomic_t interrupted = 0;

void interrupt(int signal)
{
    interrupted = 1;
    std::signal(signal, SIG_DFL); // a second one ends the program at once
}

constexpr std::size_t mostWaiting = 64u << 20; // bytes
constexpr auto signalInterval = std::chrono::milliseconds(50); // how often a signal is looked for

} // namespace

PacketQueue::PacketQueue()
{
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        std::signal(signal, interrupt);
}

BackendEvents PacketQueue::events()
{
    BackendEvents events;
    events.packets = [this](const PacketBatch& batch) {
        std::unique_lock lock(m_mutex);
        m_taken.wait(lock, [this] { return !m_bounded || m_packets.byteCount() < mostWaiting; });
        for (std::size_t i = 0; i < batch.size(); ++i)
            m_packets.append(batch.record(i), batch.bytes(i));
        m_arrived.notify_one();
    };
    events.notice = [this](const CaptureNotice& notice) {
        const std::lock_guard lock(m_mutex);
        if (notice.kind == CaptureNotice::Kind::stopped && ++m_endedCaptures >= m_captures)
            m_problem = notice.text;
        else
            std::fprintf(stderr, "tcpw: %s\n", notice.text.c_str());
        m_arrived.notify_one();
    };
    events.lost = [this](const Error& error) {
        const std::lock_guard lock(m_mutex);
        m_problem = error.message;
        m_arrived.notify_one();
    };
    return events;
}

PacketQueue::Clock::time_point PacketQueue::deadline(double seconds)
{
    return Clock::now()
        + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

bool PacketQueue::next(PacketBatch& batch, Clock::time_point until)
{
    batch.clear();
    std::unique_lock lock(m_mutex);
    while (m_packets.empty()) {
        const auto now = Clock::now();
        if (interrupted || !m_problem.empty() || now >= until)
            return false;
        m_arrived.wait_until(lock, std::min(until, now + signalInterval));
    }
    std::swap(batch, m_packets);
    m_taken.notify_all();
    return true;
}

void PacketQueue::followCaptures(std::size_t captures)
{
    const std::lock_guard lock(m_mutex);
    m_captures = captures;
}

void PacketQueue::setBounded()
{
    const std::lock_guard lock(m_mutex);
    m_bounded = true;
}

void PacketQueue::openWide()
{
    const std::lock_guard lock(m_mutex);
    m_bounded = false;
    m_taken.notify_all();
}

std::size_t PacketQueue::endedCaptures() const
{
    const std::lock_guard lock(m_mutex);
    return m_endedCaptures;
}

bool PacketQueue::isInterrupted()
{
    return interrupted != 0;
}

std::string PacketQueue::problem() const
{
    const std::lock_guard lock(m_mutex);
    return m_problem;
}

} // namespace tcpw
