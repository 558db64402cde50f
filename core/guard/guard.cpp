// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "guard/guard.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <linux/filter.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace tcpw {

namespace {

constexpr int highestTtl = 255; // nothing that a router has passed on arrives with it

std::string endText(const GuardRequest& request)
{
    const bool six = std::holds_alternative<Ipv6Address>(request.address);
    const std::string text = toText(request.address);
    return (six ? "[" + text + "]:" : text + ":") + std::to_string(request.port);
}

bool isUnspecified(const IpAddress& address)
{
    return address == IpAddress(Ipv4Address{}) || address == IpAddress(Ipv6Address{});
}

bool isLinkLocal(const Ipv6Address& address)
{
    return address.octets[0] == 0xfe && (address.octets[1] & 0xc0) == 0x80;
}

/// Binds to exactly this address and port; gives 0 or an errno.
int bindTo(int socket, const GuardRequest& request)
{
    if (const auto* four = std::get_if<Ipv4Address>(&request.address)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(request.port);
        address.sin_addr.s_addr = htonl(four->value);
        return ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 ? 0
                                                                                          : errno;
    }
    const auto& six = std::get<Ipv6Address>(request.address);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(request.port);
    std::memcpy(&address.sin6_addr, six.octets.data(), six.octets.size());
    if (isLinkLocal(six))
        address.sin6_scope_id = request.deviceIndex;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    return ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
}

bool attachDropAll(int socket)
{
    sock_filter drop[] = {{BPF_RET | BPF_K, 0, 0, 0}};
    const sock_fprog program{1, drop};
    return ::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

bool requireHighestTtl(int socket, bool six)
{
    const int level = six ? static_cast<int>(IPPROTO_IPV6) : static_cast<int>(IPPROTO_IP);
    const int option = six ? IPV6_MINHOPCOUNT : IP_MINTTL;
    return ::setsockopt(socket, level, option, &highestTtl, sizeof highestTtl) == 0;
}

std::string bindProblem(const GuardRequest& request, int problem)
{
    switch (problem) {
    case EADDRINUSE:
        return "A program of this machine has port " + std::to_string(request.port)
            + " already, so its kernel cannot be kept silent there. Choose another source port.";
    case EACCES:
        return "The kernel cannot be kept silent on port " + std::to_string(request.port)
            + ": ports below 1024 need more rights. Choose a source port from 1024 on.";
    }
    return "The kernel cannot be kept silent for " + endText(request) + ": "
        + std::strerror(problem) + ".";
}

GuardState notNeeded(const IpAddress& address)
{
    GuardState state;
    state.needed = false;
    state.note = toText(address)
        + " is not an address of this machine: its kernel does not answer for it anyway.";
    return state;
}

std::string noteOf(const GuardState& state)
{
    if (state.dropsAll)
        return {};
    return "Only the second line holds, as this program may not put a filter on a socket here: a "
           "segment that arrives with TTL or hop limit 255 is still answered.";
}

} // namespace

Result<Guard> Guard::arm(const GuardRequest& request)
{
    if (request.port == 0)
        return failure("The kernel cannot be kept silent on port 0: choose a source port first.");
    Guard guard;
    guard.m_request = request;
    if (isUnspecified(request.address)) {
        guard.m_state = notNeeded(request.address);
        return guard;
    }
    const bool six = std::holds_alternative<Ipv6Address>(request.address);
    guard.m_socket = ::socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (guard.m_socket < 0)
        return failure(bindProblem(request, errno));
    const int problem = bindTo(guard.m_socket, request);
    if (problem == EADDRNOTAVAIL) {
        ::close(std::exchange(guard.m_socket, -1));
        guard.m_state = notNeeded(request.address);
        return guard;
    }
    if (problem != 0)
        return failure(bindProblem(request, problem));

    // Before listen(): a listening socket without them would answer a SYN.
    guard.m_state.dropsAll = attachDropAll(guard.m_socket);
    guard.m_state.minimumTtl = requireHighestTtl(guard.m_socket, six);
    if (!guard.m_state.dropsAll && !guard.m_state.minimumTtl)
        return failure("The kernel cannot be kept silent for " + endText(request)
            + ": it takes neither a filter nor a minimum TTL for a socket.");
    if (::listen(guard.m_socket, 0) != 0)
        return failure(bindProblem(request, errno));
    guard.m_state.note = noteOf(guard.m_state);
    return guard;
}

Guard::Guard(Guard&& other) noexcept
    : m_socket(std::exchange(other.m_socket, -1))
    , m_request(std::move(other.m_request))
    , m_state(std::move(other.m_state))
{
}

Guard& Guard::operator=(Guard&& other) noexcept
{
    std::swap(m_socket, other.m_socket);
    std::swap(m_request, other.m_request);
    std::swap(m_state, other.m_state);
    return *this;
}

Guard::~Guard()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

} // namespace tcpw
