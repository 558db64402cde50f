// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/neighbours.h"

#include <arpa/inet.h>
#include <cerrno>
#include <fstream>
#include <mutex>
#include <netinet/in.h>
#include <random>
#include <sys/socket.h>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr std::uint32_t firstPort = 1024;
constexpr std::uint32_t portCount = 65536 - firstPort;
constexpr std::uint32_t stride = 7919; // prime, so that every port gets its turn

/// The ports that the kernel gives to sockets that ask for none, as it says itself.
struct PortRange
{
    std::uint32_t low = 32768;
    std::uint32_t high = 60999;
    bool contains(std::uint32_t port) const { return port >= low && port <= high; }
};

PortRange kernelsRange()
{
    PortRange range;
    std::uint32_t low = 0, high = 0;
    if (std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> low >> high)
        range = {low, high};
    return range;
}

/// errno of binding a socket to the address; 0 when it can be.
int bindError(int family, const sockaddr* address, socklen_t size)
{
    const int socket = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return errno == EAFNOSUPPORT ? 0 : EACCES; // then nobody has a socket of that family
    const int on = 1;
    if (family == AF_INET6)
        ::setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    const int error = ::bind(socket, address, size) == 0 ? 0 : errno;
    ::close(socket);
    return error;
}

/// EADDRINUSE when a socket of this machine has the port, on any address; EACCES when it is not for
/// this user to know; else 0.
int portError(std::uint16_t port)
{
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    for (const int error : {bindError(AF_INET, reinterpret_cast<sockaddr*>(&four), sizeof four),
             bindError(AF_INET6, reinterpret_cast<sockaddr*>(&six), sizeof six)})
        if (error == EADDRINUSE || error == EACCES)
            return error;
    return 0;
}

/// The next port in an order that begins anywhere and has each port once.
std::uint16_t nextCandidate()
{
    static std::mutex mutex; // guards `position`
    static std::uint32_t position = std::random_device()() % portCount;
    const std::lock_guard lock(mutex);
    position = (position + stride) % portCount;
    return static_cast<std::uint16_t>(firstPort + position);
}

} // namespace

bool isPortInUse(std::uint16_t port)
{
    return port != 0 && portError(port) == EADDRINUSE;
}

Result<std::uint16_t> newPort()
{
    const PortRange range = kernelsRange();
    // Where the kernel's range leaves no port, one of the kernel's own has to do.
    for (const bool outside : {true, false})
        for (std::uint32_t attempt = 0; attempt < portCount; ++attempt) {
            const std::uint16_t port = nextCandidate();
            if (range.contains(port) != outside && portError(port) == 0)
                return port;
        }
    return failure("This machine has a socket on every TCP port from 1024 to 65535; none is left "
                   "to send from.");
}

} // namespace tcpw
