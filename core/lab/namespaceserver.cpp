// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/namespaceserver.h"

#include "lab/farcodec.h"
#include "lab/namespacesocket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace tcpw {

namespace {

constexpr std::size_t mostClients = 32;

} // namespace

NamespaceServer::~NamespaceServer()
{
    for (const auto& [watch, client] : m_clients)
        m_loop.forget(watch);
    m_loop.forget(m_watch);
}

Result<void> NamespaceServer::listen(OwnedFd socket)
{
    if (m_socket)
        return {};
    const NamespaceSocketName name;
    if (::bind(socket.get(), name.address(), name.size()) != 0
        || ::listen(socket.get(), static_cast<int>(mostClients)) != 0)
        return failure("Other processes cannot ask the far end of the practice network ("
            + std::string(std::strerror(errno)) + ").");
    m_socket = std::move(socket);
    m_watch = m_loop.watch(m_socket.get(), EPOLLIN, [this](std::uint32_t) { accept(); });
    return {};
}

void NamespaceServer::accept()
{
    OwnedFd socket(::accept4(m_socket.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM)
            m_loop.pause(m_watch);
        return;
    }
    if (!isOwnProcess(socket))
        return;
    if (m_clients.size() >= mostClients)
        drop(m_clients.begin()->first); // the oldest; an honest one is done in a moment
    const int descriptor = socket.get();
    const auto number = std::make_shared<std::uint64_t>(0);
    *number = m_loop.watch(
        descriptor, EPOLLIN, [this, number](std::uint32_t events) { handle(*number, events); });
    m_clients[*number].socket = std::move(socket);
}

void NamespaceServer::handle(std::uint64_t number, std::uint32_t events)
{
    Client& client = m_clients.at(number);
    const bool open = (events & EPOLLOUT) != 0 ? write(client) : read(client);
    if (!open)
        drop(number);
    else
        m_loop.change(number, client.output.empty() ? EPOLLIN : EPOLLOUT);
}

/// False when the client is gone, or says what cannot be.
bool NamespaceServer::read(Client& client)
{
    std::array<std::uint8_t, 16384> buffer;
    const ssize_t size = ::recv(client.socket.get(), buffer.data(), buffer.size(), 0);
    if (size <= 0)
        return size < 0 && (errno == EAGAIN || errno == EINTR);
    client.input.insert(client.input.end(), buffer.begin(), buffer.begin() + size);
    return answerWhole(client);
}

/// Answers the request that is whole; the next one waits until the answer is gone.
bool NamespaceServer::answerWhole(Client& client)
{
    const auto length = statedLength(client.input);
    if (!length)
        return true;
    if (*length > farRequestLimit)
        return false;
    if (client.input.size() < farLengthSize + *length)
        return true;
    const auto request = decodeFarRequest(ByteView(client.input).subspan(farLengthSize, *length));
    const auto reply = request ? m_answer(*request) : failure(request.error().message);
    client.input.erase(client.input.begin(),
        client.input.begin() + static_cast<std::ptrdiff_t>(farLengthSize + *length));
    client.output = withLength(encodeFarReply(reply));
    client.sent = 0;
    return write(client);
}

bool NamespaceServer::write(Client& client)
{
    while (client.sent < client.output.size()) {
        const ssize_t size = ::send(client.socket.get(), client.output.data() + client.sent,
            client.output.size() - client.sent, MSG_NOSIGNAL);
        if (size < 0)
            return errno == EAGAIN || errno == EINTR;
        client.sent += static_cast<std::size_t>(size);
    }
    client.output.clear();
    return answerWhole(client);
}

void NamespaceServer::drop(std::uint64_t number)
{
    m_loop.forget(number);
    m_clients.erase(number);
}

} // namespace tcpw
