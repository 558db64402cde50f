// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/captureworker.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tcpw {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

// A packet waits for its place in the order while another ring has something that is not handed
// over yet: about 2 ms, on older kernels about 10. Longer means that the counters are off.
constexpr auto longestHold = 50ms;
constexpr int floodWait = 4; // ms
constexpr int floodCount = 400; // packets read at once
constexpr auto longestDrain = 200ms; // of the 300 that stop() may take

/// A thread that takes no signals: they are the program's main thread's.
template <typename Function> std::thread startQuietThread(Function function)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread;
    try {
        thread = std::thread(std::move(function));
    } catch (const std::system_error&) {
        // The caller sees that there is none.
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

} // namespace

Result<std::unique_ptr<CaptureWorker>> CaptureWorker::start(const CaptureOptions& options,
    const CaptureSink& sink, InjectedFrames& injected, CaptureStarted& started)
{
    auto lanes = LaneSet::open(options, started);
    if (!lanes)
        return failure(lanes.error().message);
    injected.reset(options.snapshotLength);
    std::unique_ptr<CaptureWorker> worker(
        new CaptureWorker(options, sink, injected, std::move(*lanes)));
    if (!worker->m_watch.running())
        started.warning += "The link of " + options.device.name
            + " is down: nothing will be captured until it is up. ";
    if (!started.warning.empty() && started.warning.back() == ' ')
        started.warning.pop_back();
    if (worker->m_wake >= 0)
        worker->m_thread = startQuietThread([raw = worker.get()] { raw->run(); });
    if (!worker->m_thread.joinable())
        return failure("The capture on " + options.device.name
            + " cannot be started: this process may open no more files or threads.");
    return worker;
}

CaptureWorker::CaptureWorker(
    const CaptureOptions& options, const CaptureSink& sink, InjectedFrames& injected, LaneSet lanes)
    : m_options(options)
    , m_sink(sink)
    , m_injected(injected)
    , m_lanes(std::move(lanes))
    , m_watch(options.device)
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

CaptureWorker::~CaptureWorker()
{
    stop();
    if (m_wake >= 0)
        ::close(m_wake);
}

CaptureStatistics CaptureWorker::stop()
{
    if (m_thread.joinable()) {
        ::eventfd_write(m_wake, 1);
        m_thread.join();
    }
    return statistics();
}

CaptureStatistics CaptureWorker::statistics() const
{
    const std::lock_guard lock(m_mutex);
    return m_statistics;
}

void CaptureWorker::run()
{
    pthread_setname_np(pthread_self(), "capture");
    while (wait()) {
        if (!passOn(m_watch.check()) || !work())
            break;
    }
    finish();
}

bool CaptureWorker::wait()
{
    // In a flood waking up for each block would cost as much as reading it: several together are
    // cheaper, and there is room for many.
    const bool gathers = m_isFlooded && !m_moreToRead;
    std::vector<pollfd> files{{m_wake, POLLIN, 0}, {m_watch.descriptor(), POLLIN, 0}};
    if (!gathers)
        for (const int descriptor : m_lanes.descriptors())
            files.push_back({descriptor, POLLIN, 0});
    const int milliseconds = gathers ? floodWait : m_moreToRead ? 0 : m_lanes.empty() ? -1 : 1;
    if (::poll(files.data(), files.size(), milliseconds) <= 0)
        return true;
    // Reading the error resets it; what it means, the link watch tells.
    for (std::size_t i = 2; i < files.size(); ++i) {
        int error = 0;
        socklen_t size = sizeof error;
        if (files[i].revents & POLLERR)
            ::getsockopt(files[i].fd, SOL_SOCKET, SO_ERROR, &error, &size);
    }
    return !(files[0].revents & POLLIN);
}

bool CaptureWorker::passOn(const std::vector<CaptureNotice>& notices)
{
    for (const CaptureNotice& notice : notices) {
        if (notice.kind == CaptureNotice::Kind::stopped)
            m_endSentence = notice.text; // told when the rings are drained
        else
            tell(notice.kind, notice.text);
    }
    return m_endSentence.empty();
}

bool CaptureWorker::work()
{
    if (m_lanes.empty())
        m_holdingSince = Clock::now();
    const int count = m_lanes.read(m_injected);
    m_moreToRead = m_lanes.hasMore();
    m_isFlooded = count >= floodCount;
    m_lanes.count();
    const bool tooLong = Clock::now() - m_holdingSince > longestHold;
    deliver(tooLong ? m_lanes.takeAll() : m_lanes.take());
    publish(false);
    return count >= 0 || survivesFailure();
}

/// libpcap, which looks for the device by its old name, believes it gone when it was renamed and
/// went down: it then fails whenever the ring is empty. The watch knows the device by its index.
bool CaptureWorker::survivesFailure()
{
    if (!passOn(m_watch.lookAgain()))
        return false;
    const std::string problem = m_lanes.problem();
    if (problem.find("interface disappeared") == problem.npos && m_watch.running())
        m_endSentence = "The capture on " + m_options.device.name + " has ended: " + problem
            + ". What it has captured is kept.";
    return m_endSentence.empty();
}

void CaptureWorker::deliver(PacketBatch batch)
{
    if (batch.empty())
        return;
    m_holdingSince = Clock::now();
    m_delivered += batch.size();
    if (m_sink.packets)
        m_sink.packets(std::move(batch));
}

/// Hands on what is in the rings, then reads the statistics.
void CaptureWorker::finish()
{
    m_lanes.end();
    // Nobody waits where the capture ends by itself.
    const auto deadline = Clock::now() + (m_endSentence.empty() ? longestDrain : 10 * longestDrain);
    while (true) {
        const int count = m_lanes.read(m_injected);
        m_lanes.count();
        deliver(m_lanes.take());
        if (m_lanes.drained() || Clock::now() > deadline)
            break;
        if (count <= 0)
            ::poll(nullptr, 0, 1);
    }
    deliver(m_lanes.takeAll());
    publish(true);
    if (!m_endSentence.empty())
        tell(CaptureNotice::Kind::stopped, m_endSentence);
    m_ended = true;
}

void CaptureWorker::publish(bool atEnd)
{
    const auto now = Clock::now();
    if (atEnd || now - m_publishedMissed > 500ms) {
        m_missed = m_watch.missed();
        m_publishedMissed = now;
    }
    const std::lock_guard lock(m_mutex);
    m_statistics = {m_delivered, m_lanes.dropped(), m_missed, atEnd ? m_lanes.unread() : 0};
}

void CaptureWorker::tell(CaptureNotice::Kind kind, const std::string& text)
{
    if (m_sink.notice)
        m_sink.notice({kind, m_options.number, text});
}

} // namespace tcpw
