// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/helperconnection.h"

#include "helper/childprocess.h"
#include "helper/packetblock.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

namespace tcpw {

namespace {

constexpr int endMilliseconds = 1000; // within which a helper ends once its stream is closed

/// Says how long a helper is waited for. It counts short waits instead of looking at a clock, so
/// that a program that was stopped itself does not blame the helper.
class Patience
{
public:
    static constexpr std::chrono::milliseconds step{100};

    /// To be called after each wait with the number of messages received so far, and whether this
    /// program is busy with one.
    void waited(std::uint64_t received, bool busy)
    {
        ++m_steps;
        m_silentSteps = busy || received != m_received ? 0 : m_silentSteps + 1;
        m_received = received;
    }
    bool helperIsSilent() const { return m_silentSteps >= 30; }
    bool ends() const { return m_steps >= 100; }

private:
    int m_steps = 0;
    int m_silentSteps = 0;
    std::uint64_t m_received = 0;
};

constexpr char doesNotAnswer[] = "The helper does not answer. It was ended; start again.";

} // namespace

HelperConnection::HelperConnection(std::vector<std::string> command, Handlers handlers)
    : m_command(std::move(command))
    , m_handlers(std::move(handlers))
{
}

Result<std::unique_ptr<HelperConnection>> HelperConnection::open(
    std::vector<std::string> command, Handlers handlers)
{
    std::unique_ptr<HelperConnection> connection(
        new HelperConnection(std::move(command), std::move(handlers)));
    if (auto begun = connection->begin(); !begun)
        return tl::unexpected(begun.error());
    return connection;
}

Result<void> HelperConnection::begin()
{
    auto ring = PacketRing::create();
    if (!ring)
        return tl::unexpected(ring.error());
    m_ring = std::move(*ring);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return failure(
            std::string("No connection to a helper can be made: ") + std::strerror(errno) + ".");
    m_stream = Descriptor(ends[0]);
    m_thread = std::thread([this, theirEnd = ends[1]] { run(Descriptor(theirEnd)); });

    write(encodeMessage(ourGreeting(), 0));
    std::unique_lock lock(m_mutex);
    return waitUntil(lock, [this] { return m_greeted; });
}

HelperConnection::~HelperConnection()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    shutdown(m_stream.get(), SHUT_RDWR);
    if (m_thread.joinable())
        m_thread.join();
}

Result<void> HelperConnection::accept()
{
    const std::lock_guard lock(m_mutex);
    if (m_lost)
        return tl::unexpected(*m_lost);
    m_accepted = true;
    return {};
}

pid_t HelperConnection::processId()
{
    const std::lock_guard lock(m_mutex);
    return m_child;
}

/// The reading thread. It starts the child too, because the child dies with the thread that did.
void HelperConnection::run(Descriptor theirEnd)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, nullptr); // signals are for the program's own threads
    const auto child = startChild(
        {m_command, {{theirEnd.get(), helperStream}, {m_ring.descriptor(), helperMemory}}});
    theirEnd.reset();
    {
        const std::lock_guard lock(m_mutex);
        if (child)
            m_child = *child;
        else
            m_lost = child.error();
    }
    m_changed.notify_all();
    if (child) {
        readUntilTheEnd();
        bury();
    }
}

void HelperConnection::readUntilTheEnd()
{
    MessageReader reader;
    while (true) {
        const auto space = reader.space();
        const auto count = recv(m_stream.get(), space.data(), space.size(), 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return;
        reader.filled(std::size_t(count));
        auto message = reader.next();
        for (; message && *message; message = reader.next()) {
            if (!handle(**message))
                return giveUp("The program " + m_command[0]
                    + " sent what no helper sends at that moment; it was ended.");
            ++m_received;
        }
        if (!message)
            return giveUp("The program " + m_command[0]
                + " does not speak as a helper does; it was ended. " + message.error().message);
    }
}

/// False when no helper of ours says that now.
bool HelperConnection::handle(const ReceivedMessage& message)
{
    std::unique_lock lock(m_mutex);
    if (!m_greeted) {
        const auto greeting = message.number == messageNumber<Greeting>
            ? decodeMessage<Greeting>(message.fields)
            : std::nullopt;
        if (!greeting || greeting->magic != Greeting().magic)
            return false;
        m_greeting = *greeting;
        m_greeted = true;
    } else if (message.request == 0) {
        lock.unlock();
        m_handling = true;
        const bool understood = handOn(message);
        m_handling = false;
        return understood;
    } else if (message.request == m_lastRequest && m_awaits) {
        m_reply = Reply{message.number, Bytes(message.fields.begin(), message.fields.end())};
        m_awaits = false;
    } else {
        return message.request < m_lastRequest; // else it answers what nobody asked
    }
    lock.unlock();
    m_changed.notify_all();
    return true;
}

bool HelperConnection::handOn(const ReceivedMessage& message)
{
    if (message.number != messageNumber<Packets>)
        return m_handlers.event(message);
    const auto packets = decodeMessage<Packets>(message.fields);
    return packets && handOnPackets(*packets);
}

bool HelperConnection::handOnPackets(const Packets& packets)
{
    const auto block = m_ring.at(packets.offset, packets.size);
    const auto batch = block ? packetsIn(*block) : std::nullopt;
    if (!batch)
        return false;
    if (m_handlers.packets)
        m_handlers.packets(*batch);
    m_ring.release(packets.end);
    return true;
}

/// Waits for the child's end and tells of it.
void HelperConnection::bury()
{
    std::unique_lock lock(m_mutex);
    const pid_t child = std::exchange(m_child, 0);
    lock.unlock();
    auto status = waitForChild(child, endMilliseconds);
    if (!status) {
        kill(child, SIGKILL);
        status = waitForChild(child, endMilliseconds);
    }
    const std::string gone
        = "The helper (" + m_command[0] + ") is gone: " + endInWords(status.value_or(0)) + ".";
    lock.lock();
    m_lost = Error{m_reason.empty() ? gone : m_reason};
    const Error lost = *m_lost;
    const bool tell = m_accepted && !m_closing;
    lock.unlock();
    m_changed.notify_all();
    if (tell && m_handlers.lost)
        m_handlers.lost(lost);
}

void HelperConnection::giveUp(const std::string& reason)
{
    const std::lock_guard lock(m_mutex);
    if (m_reason.empty())
        m_reason = reason;
    if (m_child > 0)
        kill(m_child, SIGKILL);
    shutdown(m_stream.get(), SHUT_RDWR);
}

std::uint32_t HelperConnection::nextRequest()
{
    const std::lock_guard lock(m_mutex);
    if (++m_lastRequest == 0) // which would be nobody's
        ++m_lastRequest;
    return m_lastRequest;
}

Result<HelperConnection::Reply> HelperConnection::exchange(const Bytes& message)
{
    if (!fitsProtocol(message))
        return failure("This is more than the helper takes at once ("
            + std::to_string(maximumMessageLength >> 20) + " MB).");
    {
        const std::lock_guard lock(m_mutex);
        if (m_lost)
            return tl::unexpected(*m_lost);
        m_reply.reset();
        m_awaits = true;
    }
    write(message); // when that fails, the wait ends at once
    std::unique_lock lock(m_mutex);
    const auto waited = waitUntil(lock, [this] { return m_reply.has_value(); });
    m_awaits = false;
    if (!waited)
        return tl::unexpected(waited.error());
    return *std::move(m_reply);
}

/// Waits until the condition is met. Fails when the helper is gone; it is given up when it is
/// silent for too long.
template <typename Condition>
Result<void> HelperConnection::waitUntil(std::unique_lock<std::mutex>& lock, Condition met)
{
    Patience patience;
    while (!m_changed.wait_for(lock, Patience::step, [&] { return met() || m_lost; })) {
        patience.waited(m_received, m_handling);
        if (m_reason.empty() && patience.helperIsSilent()) {
            lock.unlock();
            giveUp(doesNotAnswer);
            lock.lock();
        }
        if (!m_reason.empty())
            return tl::unexpected(lostError(lock));
        if (patience.ends())
            return failure("This took more than ten seconds, because the program was busy with the "
                           "packets that came before. Try again.");
    }
    if (met())
        return {};
    return tl::unexpected(*m_lost);
}

/// What became of the helper, once its child has ended.
Error HelperConnection::lostError(std::unique_lock<std::mutex>& lock)
{
    m_changed.wait_for(lock, std::chrono::milliseconds(2 * endMilliseconds),
        [this] { return m_lost.has_value(); });
    return m_lost.value_or(Error{m_reason});
}

/// Writes all bytes, unless the helper is gone. It is given up when it takes none for too long.
void HelperConnection::write(ByteView bytes)
{
    Patience patience;
    while (!bytes.empty()) {
        const auto count
            = send(m_stream.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count >= 0) {
            bytes = bytes.subspan(std::size_t(count));
            continue;
        }
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
            return;
        pollfd waited{m_stream.get(), POLLOUT, 0};
        if (poll(&waited, 1, int(Patience::step.count())) != 0)
            continue;
        patience.waited(m_received, m_handling);
        if (patience.helperIsSilent() || patience.ends())
            return giveUp(doesNotAnswer);
    }
}

} // namespace tcpw
