// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/farconnection.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace tcpw {

namespace {

constexpr std::size_t outputLimit = 1 << 20;
constexpr std::size_t echoPause = 64 * 1024; // waiting bytes at which echo stops reading
constexpr std::size_t tutorialSize = 100;
constexpr int mostReportsASecond = 20;
constexpr std::size_t chargenLine = 72; // printable characters, then CR LF (RFC 864)
constexpr unsigned chargenRate = 1'000'000; // bytes a second: enough to see, not to drown in

std::string count(std::uint64_t number, const char* noun)
{
    return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string connectError(int error, const std::string& remote)
{
    switch (error) {
    case ECONNREFUSED:
        return remote + " refused the connection (RST).";
    case ETIMEDOUT:
        return "no answer from " + remote + "; gave up (timed out).";
    case EHOSTUNREACH:
        return remote + " cannot be reached: nobody answers for its address.";
    }
    return "the connection to " + remote + " failed (" + std::strerror(error) + ").";
}

std::string connectionError(int error)
{
    switch (error) {
    case ECONNRESET:
    case EPIPE: // in CLOSE-WAIT
        return "the peer reset the connection (RST).";
    case ETIMEDOUT:
        return "the peer acknowledged nothing any more; gave up (timed out).";
    case EHOSTUNREACH:
        return "the peer cannot be reached any more: nobody answers for its address.";
    }
    return std::string("the connection failed (") + std::strerror(error) + ").";
}

std::string chargenText(std::uint64_t line)
{
    std::string text;
    for (std::size_t i = 0; i < chargenLine; ++i)
        text += static_cast<char>(' ' + (line + i) % 95);
    return text + "\r\n";
}

} // namespace

FarConnection::FarConnection(std::uint32_t number, OwnedFd socket, const FarService& service,
    const FarEndpoint& remote, bool connected, FarLog& log)
    : m_number(number)
    , m_socket(std::move(socket))
    , m_service(service.name)
    , m_behaviour(service.behaviour)
    , m_remote(remote)
    , m_log(log)
    , m_connected(connected)
    , m_reading(service.behaviour != FarBehaviour::neverRead)
{
    if (m_behaviour == FarBehaviour::chargen)
        static_cast<void>(::setsockopt(
            m_socket.get(), SOL_SOCKET, SO_MAX_PACING_RATE, &chargenRate, sizeof(chargenRate)));
    if (connected)
        say("accepted a connection from " + toText(remote) + ".");
}

std::uint32_t FarConnection::interest() const
{
    if (!m_connected)
        return EPOLLOUT;
    std::uint32_t events = 0;
    if (m_reading && !m_allRead && waiting() < echoPause)
        events |= EPOLLIN;
    else if (!m_peerEnded)
        events |= EPOLLRDHUP;
    if (waiting() > 0 || (m_behaviour == FarBehaviour::chargen && maySend()))
        events |= EPOLLOUT;
    return events;
}

void FarConnection::handle(std::uint32_t events)
{
    if (!m_connected) {
        finishConnecting();
        return;
    }
    // What came before an error is still to be read, then the error.
    const bool readable = (interest() & EPOLLIN) != 0;
    if (readable && (events & (EPOLLIN | EPOLLHUP)) != 0)
        readSome();
    else if ((events & EPOLLERR) != 0)
        fail(takeError(m_socket));
    else if ((events & EPOLLHUP) != 0)
        end("both sides have closed.");
    else if ((events & EPOLLRDHUP) != 0)
        receivedEnd();
    if (!m_over && (events & EPOLLOUT) != 0)
        writeSome();
}

void FarConnection::finishConnecting()
{
    if (const int error = takeError(m_socket)) {
        end(connectError(error, toText(m_remote)));
        return;
    }
    m_connected = true;
    say("connected to " + toText(m_remote) + ".");
}

void FarConnection::readSome()
{
    std::array<std::uint8_t, 16384> buffer;
    const std::size_t most = m_behaviour == FarBehaviour::tutorial ? tutorialSize : buffer.size();
    const ssize_t size = ::recv(m_socket.get(), buffer.data(), most, 0);
    if (size > 0) {
        received(ByteView(buffer).first(static_cast<std::size_t>(size)));
    } else if (size == 0) {
        m_allRead = true;
        receivedEnd();
    } else if (errno != EAGAIN && errno != EINTR) {
        fail(errno);
    }
}

void FarConnection::received(ByteView bytes)
{
    report(bytes);
    if (m_behaviour == FarBehaviour::tutorial) {
        closeNow();
    } else if (m_behaviour == FarBehaviour::echo && maySend()) {
        m_output.insert(m_output.end(), bytes.begin(), bytes.end());
        writeSome();
    }
}

/// The peer's FIN. Servers that stay open are then in CLOSE-WAIT, the others close as well.
void FarConnection::receivedEnd()
{
    tick();
    if (!m_peerEnded)
        say("the peer closed its side (FIN).");
    m_peerEnded = true;
    if (m_endSent)
        end("both sides have closed.");
    else if (m_allRead && m_behaviour != FarBehaviour::stayOpen
        && m_behaviour != FarBehaviour::neverRead)
        static_cast<void>(close());
}

void FarConnection::writeSome()
{
    while (waiting() > 0) {
        const ssize_t size
            = ::send(m_socket.get(), m_output.data() + m_sent, waiting(), MSG_NOSIGNAL);
        if (size < 0) {
            if (errno != EAGAIN && errno != EINTR)
                fail(errno);
            return;
        }
        m_sent += static_cast<std::size_t>(size);
    }
    m_output.clear();
    m_sent = 0;
    if (m_closeWaits)
        closeNow();
    else if (m_endWaits)
        sendEnd();
    else if (m_behaviour == FarBehaviour::chargen)
        generate();
}

/// Twenty lines at a time, so that others get their turn.
void FarConnection::generate()
{
    if (!maySend())
        return;
    std::string text;
    for (std::uint64_t i = 0; i < 20; ++i)
        text += chargenText(m_generated / (chargenLine + 2) + i);
    const ssize_t size = ::send(m_socket.get(), text.data(), text.size(), MSG_NOSIGNAL);
    if (size < 0) {
        if (errno != EAGAIN && errno != EINTR)
            fail(errno); // which no event tells of once it was told here
        return;
    }
    m_generated += static_cast<std::uint64_t>(size);
    const auto rest = text.substr(static_cast<std::size_t>(size));
    m_output.assign(rest.begin(), rest.end());
    m_generated += rest.size();
}

void FarConnection::report(ByteView bytes)
{
    using namespace std::chrono;
    const auto now = steady_clock::now();
    if (now - m_reportsSince > seconds(1)) {
        tick();
        m_reportsSince = now;
        m_reports = 0;
    }
    if (++m_reports > mostReportsASecond) {
        m_heldBackBytes += bytes.size();
        return;
    }
    const char* also = "";
    if (m_behaviour == FarBehaviour::echo)
        also = " and sends them back";
    else if (m_behaviour == FarBehaviour::discard)
        also = " and discards them";
    say("received " + count(bytes.size(), "byte") + also + ": " + quoted(bytes));
}

void FarConnection::tick()
{
    if (m_heldBackBytes > 0)
        say("received " + count(m_heldBackBytes, "byte") + " more.");
    m_heldBackBytes = 0;
}

Result<std::string> FarConnection::send(ByteView bytes)
{
    if (bytes.size() > outputLimit - waiting())
        return failure("The far end still has " + count(waiting(), "byte")
            + " to send on this connection; it keeps at most 1 MiB.");
    m_output.insert(m_output.end(), bytes.begin(), bytes.end());
    writeSome();
    if (m_over)
        return failure("The connection is gone; the log says why.");
    const std::string text = "sent " + count(bytes.size(), "byte") + ": " + quoted(bytes);
    say(text);
    if (waiting() > 0)
        return "Its kernel holds what the window allows, " + count(waiting(), "byte")
            + " wait to be sent.";
    return "It " + text;
}

std::string FarConnection::shutdown()
{
    m_endWaits = true;
    if (waiting() > 0)
        return "Its FIN follows the " + count(waiting(), "byte") + " that wait to be sent.";
    sendEnd();
    return "It closed its sending side (FIN).";
}

void FarConnection::sendEnd()
{
    m_endWaits = false;
    m_endSent = true;
    say("closed its sending side (FIN).");
    static_cast<void>(::shutdown(m_socket.get(), SHUT_WR));
}

std::string FarConnection::close()
{
    m_closeWaits = true;
    if (waiting() > 0)
        return "It closes when the " + count(waiting(), "byte") + " that wait are sent.";
    closeNow();
    return "It closed the connection.";
}

/// Says what its kernel makes of it: bytes that nobody read turn the FIN into a RST
/// (RFC 1122, section 4.2.2.13).
void FarConnection::closeNow()
{
    int unread = 0;
    static_cast<void>(::ioctl(m_socket.get(), FIONREAD, &unread));
    if (const int error = takeError(m_socket)) {
        m_connected ? fail(error) : end(connectError(error, toText(m_remote)));
        return;
    }
    tick();
    const std::string sent
        = m_generated > 0 ? " after sending " + count(m_generated, "byte") : std::string();
    if (!m_connected)
        end("gave up connecting to " + toText(m_remote) + ".");
    else if (unread > 0)
        end("closed the connection" + sent + " with "
            + count(static_cast<std::uint64_t>(unread), "byte")
            + " unread, so its kernel sends RST.");
    else if (m_endSent)
        end("closed the connection" + sent + "; its FIN was sent before.");
    else
        end("closed the connection" + sent + " (FIN).");
}

std::string FarConnection::abort()
{
    const linger atOnce{1, 0};
    static_cast<void>(::setsockopt(m_socket.get(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof(atOnce)));
    tick();
    end(m_connected ? "aborted the connection (RST)."
                    : "gave up connecting to " + toText(m_remote) + ".");
    return "It aborted the connection.";
}

std::string FarConnection::setReading(bool reading)
{
    m_reading = reading;
    say(reading ? "reads again." : "stopped reading.");
    return reading ? "It reads again." : "It stopped reading; its window will fill.";
}

void FarConnection::fail(int error)
{
    tick();
    end(error != 0 ? connectionError(error) : "the connection has ended.");
}

void FarConnection::end(const std::string& text)
{
    if (m_over)
        return;
    m_over = true;
    say(text);
}

} // namespace tcpw
