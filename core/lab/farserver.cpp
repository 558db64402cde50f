// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/farserver.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace tcpw {

namespace {

constexpr std::size_t mostConnections = 256;
constexpr int mostAcceptsAtOnce = 16;

} // namespace

FarServer::~FarServer()
{
    for (auto& [number, watched] : m_connections)
        m_loop.forget(watched.watch);
    for (auto& [number, listener] : m_listeners)
        m_loop.forget(listener.watch);
}

Result<void> FarServer::start()
{
    m_timers.open();
    if (const auto set = m_timers.setPatient(true); !set)
        m_log.add(0, "The far end is less patient than it should be: " + set.error().message);
    if (const auto opened = m_diagnosis.open(); !opened)
        return opened;
    m_loop.setTick([this] { tick(); });
    std::string ports;
    for (const FarService& service : farServices) {
        const auto added = addListener(service);
        if (!added)
            return failure(added.error().message);
        ports += (ports.empty() ? "" : ", ") + std::to_string(service.port);
    }
    m_log.add(0, "The far end is up and listens on ports " + ports + ".");
    return {};
}

Result<std::uint32_t> FarServer::addListener(const FarService& service)
{
    Listener listener{listenOn(service.port, service.backlog, service.receiveBuffer), service};
    if (!listener.socket)
        return failure("The far end cannot listen on port " + std::to_string(service.port) + " ("
            + std::strerror(errno) + ").");
    if (const int retries = m_timers.synAckRetries())
        static_cast<void>(::setsockopt(
            listener.socket.get(), IPPROTO_TCP, TCP_SYNCNT, &retries, sizeof(retries)));
    const std::uint32_t number = ++m_lastNumber;
    if (service.behaviour != FarBehaviour::neverAccept)
        listener.watch = m_loop.watch(
            listener.socket.get(), EPOLLIN, [this, number](std::uint32_t) { accept(number); });
    m_listeners.emplace(number, std::move(listener));
    return number;
}

void FarServer::accept(std::uint32_t number)
{
    const Listener& listener = m_listeners.at(number);
    for (int i = 0; i < mostAcceptsAtOnce; ++i) {
        sockaddr_storage remote = {};
        socklen_t size = sizeof(remote);
        OwnedFd socket(::accept4(listener.socket.get(), reinterpret_cast<sockaddr*>(&remote), &size,
            SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!socket) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
                pauseAccepting(listener.watch, errno);
            return;
        }
        add(std::make_unique<FarConnection>(
            ++m_lastNumber, std::move(socket), listener.service, toEndpoint(remote), true, m_log));
    }
}

/// Out of descriptors or memory, a listening socket would wake the loop for ever.
void FarServer::pauseAccepting(std::uint64_t watch, int error)
{
    m_log.add(0,
        std::string("The far end cannot accept a connection just now (") + std::strerror(error)
            + "); it tries again.");
    m_loop.pause(watch);
}

void FarServer::tick()
{
    for (auto& [number, watched] : m_connections)
        watched.connection->tick();
}

void FarServer::add(std::unique_ptr<FarConnection> connection)
{
    makeRoom();
    const std::uint32_t number = connection->number();
    const std::uint64_t watch = m_loop.watch(connection->socket().get(), connection->interest(),
        [this, number](std::uint32_t events) { handle(number, events); });
    m_connections[number] = {std::move(connection), watch};
}

/// Too many are open: the oldest whose peer has closed goes, or else the oldest.
void FarServer::makeRoom()
{
    if (m_connections.size() < mostConnections)
        return;
    auto oldest = std::find_if(m_connections.begin(), m_connections.end(),
        [](const auto& entry) { return entry.second.connection->peerEnded(); });
    if (oldest == m_connections.end())
        oldest = m_connections.begin();
    const std::uint32_t number = oldest->first;
    m_log.add(number,
        "The far end has " + std::to_string(mostConnections)
            + " connections open; this one makes room for a new one.");
    static_cast<void>(oldest->second.connection->abort());
    settle(number);
}

void FarServer::handle(std::uint32_t number, std::uint32_t events)
{
    m_connections.at(number).connection->handle(events);
    settle(number);
}

/// After anything was done with a connection: it may be over, or wait for other events.
void FarServer::settle(std::uint32_t number)
{
    const auto found = m_connections.find(number);
    if (found == m_connections.end())
        return;
    const FarConnection& connection = *found->second.connection;
    if (connection.over()) {
        m_loop.forget(found->second.watch);
        m_connections.erase(found);
        return;
    }
    m_loop.change(found->second.watch, connection.interest());
    if (connection.wantsTick())
        m_loop.wantTick();
}

} // namespace tcpw
