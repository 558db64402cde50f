// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/outbox.h"

#include "helper/protocol.h"

#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

namespace tcpw {

namespace {

/// Packets travel in blocks of about this many bytes, so that the peer reads some while others
/// come.
constexpr std::size_t blockSize = 256u << 10;
// For a peer that reads late.
constexpr auto pause = std::chrono::microseconds(250); ///< until there is room for a few blocks
constexpr auto stall = std::chrono::milliseconds(10); ///< one that reads at all leaves some room
constexpr auto longestWait = std::chrono::milliseconds(50);
/// A packet that is this old when it comes here has others behind it in the device's own buffer,
/// which holds a tenth of a second of a fast link.
constexpr auto late = std::chrono::milliseconds(40);

/// `timestamp` is in nanoseconds since 1970.
bool isLate(std::int64_t timestamp)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return now - std::chrono::nanoseconds(timestamp) > late;
}

/// Writes what the stream takes now; false when the peer is gone.
bool writeSome(int stream, ByteView& rest)
{
    while (!rest.empty()) {
        const auto count = send(stream, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0)
            rest = rest.subspan(std::size_t(count));
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            return true;
        else if (errno != EINTR)
            return false;
    }
    return true;
}

} // namespace

Outbox::Outbox(int stream, PacketRing ring, std::function<void()> peerGone)
    : m_stream(stream)
    , m_peerGone(std::move(peerGone))
    , m_wakeUp(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_ring(std::move(ring))
    , m_thread([this] { run(); })
{
}

Outbox::~Outbox()
{
    m_quit = true;
    eventfd_write(m_wakeUp.get(), 1);
    m_thread.join();
}

void Outbox::post(Bytes message)
{
    const std::lock_guard lock(m_mutex);
    push(std::move(message));
}

bool Outbox::postEvent(Bytes message)
{
    const std::lock_guard lock(m_mutex);
    if (m_waitingBytes >= maximumBytes)
        return false;
    push(std::move(message));
    return true;
}

std::size_t Outbox::postPackets(const PacketBatch& batch)
{
    std::size_t dropped = 0;
    for (std::size_t next = 0; next < batch.size();) {
        const auto range = packetsThatFit(batch, next, blockSize);
        next += range.count;
        if (!postBlock(batch, range))
            dropped += range.count;
    }
    return dropped;
}

bool Outbox::postBlock(const PacketBatch& batch, PacketRange range)
{
    const std::lock_guard lock(m_ringMutex);
    const auto block = reserve(packetBlockSize(batch, range), batch.record(range.first).timestamp);
    if (!block)
        return false;
    writePackets(block->bytes, batch, range);
    post(encodeMessage(Packets{static_cast<std::uint32_t>(block->offset),
                           static_cast<std::uint32_t>(block->bytes.size()), block->end},
        0));
    return true;
}

/// While there is no room, it is cheaper to wait for the peer than to touch more memory: a fresh
/// page costs as much as two large packets. Only a peer that does not read at all, or so slowly
/// that the device's own buffer fills, is worth it. Needs m_ringMutex.
std::optional<PacketRing::Block> Outbox::reserve(std::size_t size, std::int64_t oldest)
{
    auto block = m_ring.reserve(size);
    for (auto waited = 0 * pause; !block && !m_quit; block = m_ring.reserve(size)) {
        if ((waited >= stall || isLate(oldest)) && m_ring.grow())
            continue;
        if (!m_isRead || waited >= longestWait)
            break;
        std::this_thread::sleep_for(pause);
        waited += pause;
    }
    m_isRead = block.has_value();
    return block;
}

/// Writes at once when nothing waits: to wake the thread for each block costs more than the copy of
/// a block. Needs m_mutex.
void Outbox::push(Bytes message)
{
    if (m_gone)
        return;
    if (m_waitingBytes == 0) {
        ByteView rest = message;
        if (writeSome(m_stream, rest) && rest.empty())
            return;
        // Where the peer is gone, the thread says so.
        message.erase(message.begin(), message.end() - std::ptrdiff_t(rest.size()));
    }
    m_waitingBytes += message.size();
    m_messages.push_back(std::move(message));
    if (m_messages.size() == 1)
        eventfd_write(m_wakeUp.get(), 1);
}

bool Outbox::waitForRoom()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_gone || m_waitingBytes < maximumBytes; });
    return !m_gone;
}

void Outbox::flush(int milliseconds)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, std::chrono::milliseconds(milliseconds),
        [this] { return m_gone || m_waitingBytes == 0; });
}

bool Outbox::takeNext(Bytes& message)
{
    const std::lock_guard lock(m_mutex);
    if (m_messages.empty())
        return false;
    message = std::move(m_messages.front());
    m_messages.pop_front();
    return true;
}

void Outbox::written(const Bytes& message)
{
    {
        const std::lock_guard lock(m_mutex);
        m_waitingBytes -= message.size();
    }
    m_changed.notify_all();
}

void Outbox::giveUp()
{
    {
        const std::lock_guard lock(m_mutex);
        m_gone = true;
        m_messages.clear();
    }
    m_changed.notify_all();
    if (m_peerGone)
        m_peerGone();
}

/// The writing thread: writes while there is something, and watches the stream in any case, so that
/// a peer that went is noticed while another thread is busy.
void Outbox::run()
{
    Bytes message;
    ByteView rest;
    bool taken = false;
    while (!m_quit) {
        if (!taken && (taken = takeNext(message)))
            rest = message;
        if (taken && !writeSome(m_stream, rest))
            return giveUp();
        if (taken && rest.empty()) {
            written(message);
            taken = false;
            continue;
        }
        pollfd waited[] = {{m_stream, short(taken ? POLLOUT : 0), 0}, {m_wakeUp.get(), POLLIN, 0}};
        if (poll(waited, 2, -1) < 0 && errno != EINTR)
            return giveUp();
        if ((waited[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
            return giveUp();
        if (eventfd_t count = 0; waited[1].revents != 0)
            eventfd_read(m_wakeUp.get(), &count);
    }
}

} // namespace tcpw
