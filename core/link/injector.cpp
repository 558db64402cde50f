// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/injector.h"

#include "link/devicelist.h"
#include "link/deviceproblems.h"
#include "link/linkquery.h"
#include "link/socketfilter.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <utility>

namespace tcpw {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t headerSize = 14; // bytes of an Ethernet header
constexpr std::size_t framesAtATime = 64;
constexpr auto longestStall = 500ms; // without a frame leaving
constexpr auto longestBurst = 2000ms; // a caller waits at most three seconds

std::string bytesInWords(std::size_t count)
{
    return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

} // namespace

/// One call of send(): counts, and waits where the device's queue is full.
class Injector::Burst
{
public:
    Burst(Injector& injector, std::span<const Bytes> frames)
        : m_injector(injector)
        , m_frames(frames)
        , m_socket(pcap_get_selectable_fd(injector.m_handle.get()))
    {
    }

    SendReport run()
    {
        while (m_next < m_frames.size()) {
            if (m_frames[m_next].size() < headerSize)
                fail("The frame has " + bytesInWords(m_frames[m_next].size())
                    + "; an Ethernet frame begins with a header of 14.");
            else
                sendSome();
        }
        return m_report;
    }

    bool lostDevice() const { return m_lostDevice; }

private:
    std::span<const Bytes> nextRun() const
    {
        const auto rest
            = m_frames.subspan(m_next, std::min(framesAtATime, m_frames.size() - m_next));
        const auto end = std::find_if(
            rest.begin(), rest.end(), [](const Bytes& frame) { return frame.size() < headerSize; });
        return rest.first(static_cast<std::size_t>(end - rest.begin()));
    }

    void sendSome()
    {
        const auto run = nextRun();
        if (!m_injector.m_marks)
            for (const Bytes& frame : run)
                m_injector.m_injected.add(frame);
        const int count = run.size() == 1 ? sendOne(run.front()) : sendMany(run);
        const int problem = count < 0 ? errno : 0;
        const auto sent = static_cast<std::size_t>(std::max(count, 0));
        if (!m_injector.m_marks)
            for (const Bytes& frame : run.subspan(sent))
                m_injector.m_injected.remove(frame);
        m_report.sent += static_cast<std::uint32_t>(sent);
        m_next += sent;
        if (sent > 0) {
            m_lastProgress = Clock::now();
            m_pause = 200us;
        } else {
            handle(problem);
        }
    }

    int sendOne(const Bytes& frame)
    {
        return pcap_inject(m_injector.m_handle.get(), frame.data(), frame.size()) < 0 ? -1 : 1;
    }

    int sendMany(std::span<const Bytes> run)
    {
        std::array<mmsghdr, framesAtATime> messages{};
        std::array<iovec, framesAtATime> parts{};
        for (std::size_t i = 0; i < run.size(); ++i) {
            parts[i] = {const_cast<std::uint8_t*>(run[i].data()), run[i].size()};
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        return ::sendmmsg(
            m_socket, messages.data(), static_cast<unsigned>(run.size()), MSG_DONTWAIT);
    }

    void handle(int problem)
    {
        switch (problem) {
        case EINTR:
            return;
        case EAGAIN:
        case ENOBUFS:
        case ENOMEM:
            if (!pause())
                failRest("The queue of " + name() + " stayed full, so the frame was not sent.");
            return;
        case EMSGSIZE:
            fail(tooLongSentence(m_frames[m_next].size()));
            return;
        case ENETDOWN:
            if (!oldNews())
                failRest(downSentence(name()));
            return;
        case ENXIO:
        case ENODEV:
            m_lostDevice = true;
            failRest(goneSentence(name()));
            return;
        }
        fail(name() + " does not take the frame: " + std::strerror(problem) + ".");
    }

    /// A socket tells once that its device went down, even when that is up again.
    bool oldNews()
    {
        const auto link = findLink(NetlinkSocket(), m_injector.m_device.index);
        return link && link->up() && !std::exchange(m_toldDown, true);
    }

    /// Waits until the queue may have room again; false when that takes too long.
    bool pause()
    {
        const auto now = Clock::now();
        if (now - m_lastProgress > longestStall || now - m_start > longestBurst)
            return false;
        const auto nanoseconds = std::chrono::nanoseconds(m_pause).count();
        const timespec time{0, static_cast<long>(nanoseconds)};
        ::nanosleep(&time, nullptr);
        m_pause = std::min<std::chrono::microseconds>(m_pause * 2, 10ms);
        return true;
    }

    void fail(const std::string& sentence)
    {
        if (m_report.failed++ == 0)
            m_report.firstProblem = sentence;
        ++m_next;
    }

    void failRest(const std::string& sentence)
    {
        fail(sentence);
        m_report.failed += static_cast<std::uint32_t>(m_frames.size() - m_next);
        m_next = m_frames.size();
    }

    std::string tooLongSentence(std::size_t size) const
    {
        const auto link = findLink(NetlinkSocket(), m_injector.m_device.index);
        const std::string start = "The frame has " + bytesInWords(size) + "; " + name();
        if (!link)
            return start + " takes no frame that long.";
        return start + " takes at most " + std::to_string(link->mtu + headerSize) + " (MTU "
            + std::to_string(link->mtu) + " + 14).";
    }

    const std::string& name() const { return m_injector.m_device.name; }

    Injector& m_injector;
    std::span<const Bytes> m_frames;
    int m_socket;
    std::size_t m_next = 0;
    SendReport m_report;
    bool m_lostDevice = false;
    bool m_toldDown = false;
    std::chrono::microseconds m_pause{200};
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_lastProgress = m_start;
};

Injector::Injector(InjectedFrames& injected)
    : m_injected(injected)
{
}

Result<SendReport> Injector::send(const DeviceId& device, std::span<const Bytes> frames)
{
    if (const auto verified = verifyDevice(device); !verified)
        return failure(verified.error().message);
    if (const auto prepared = prepare(device); !prepared)
        return failure(prepared.error().message);
    Burst burst(*this, frames);
    SendReport report = burst.run();
    if (burst.lostDevice())
        m_handle.reset();
    return report;
}

Result<void> Injector::prepare(const DeviceId& device)
{
    if (m_handle && m_device == device)
        return {};
    return open(device);
}

Result<void> Injector::open(const DeviceId& device)
{
    m_handle.reset();
    if (device.index == 0)
        return failure(anyInjectSentence());
    const auto link = findLink(NetlinkSocket(), device.index);
    const std::string problem = link ? injectProblem(*link, true) : goneSentence(device.name);
    if (!problem.empty())
        return failure(problem);
    auto opened = openPcap({device, 64, 4096, false});
    if (!opened)
        return failure(opened.error().message);
    const int socket = pcap_get_selectable_fd(opened->handle.get());
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    m_marks = setMark(socket, injectionMark());
    m_handle = std::move(opened->handle);
    m_device = device;
    return {};
}

} // namespace tcpw
