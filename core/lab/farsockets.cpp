// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/farsockets.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <sys/socket.h>
#include <sys/stat.h>

namespace tcpw {

namespace {

void setOption(const OwnedFd& socket, int level, int option, int value)
{
    static_cast<void>(::setsockopt(socket.get(), level, option, &value, sizeof(value)));
}

} // namespace

std::string toText(const FarEndpoint& end)
{
    const std::string port = ":" + std::to_string(end.port);
    if (std::holds_alternative<Ipv6Address>(end.address))
        return "[" + toText(end.address) + "]" + port;
    return toText(end.address) + port;
}

IpAddress toAddress(const std::uint8_t (&octets)[16])
{
    constexpr std::uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::equal(std::begin(mapped), std::end(mapped), octets))
        return Ipv4Address{static_cast<std::uint32_t>(octets[12]) << 24
            | static_cast<std::uint32_t>(octets[13]) << 16
            | static_cast<std::uint32_t>(octets[14]) << 8 | octets[15]};
    Ipv6Address address;
    std::copy(std::begin(octets), std::end(octets), address.octets.begin());
    return address;
}

FarEndpoint toEndpoint(const sockaddr_storage& address)
{
    if (address.ss_family == AF_INET) {
        sockaddr_in v4;
        std::memcpy(&v4, &address, sizeof(v4));
        return {Ipv4Address{ntohl(v4.sin_addr.s_addr)}, ntohs(v4.sin_port)};
    }
    sockaddr_in6 v6;
    std::memcpy(&v6, &address, sizeof(v6));
    return {toAddress(v6.sin6_addr.s6_addr), ntohs(v6.sin6_port)};
}

socklen_t fill(sockaddr_storage& storage, const FarEndpoint& end)
{
    storage = {};
    if (const auto* address = std::get_if<Ipv4Address>(&end.address)) {
        sockaddr_in v4 = {};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(end.port);
        v4.sin_addr.s_addr = htonl(address->value);
        std::memcpy(&storage, &v4, sizeof(v4));
        return sizeof(v4);
    }
    const auto& octets = std::get<Ipv6Address>(end.address).octets;
    sockaddr_in6 v6 = {};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(end.port);
    std::copy(octets.begin(), octets.end(), v6.sin6_addr.s6_addr);
    std::memcpy(&storage, &v6, sizeof(v6));
    return sizeof(v6);
}

OwnedFd listenOn(std::uint16_t port, int backlog, int receiveBuffer)
{
    constexpr int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    FarEndpoint any{Ipv6Address{}, port};
    OwnedFd socket(::socket(AF_INET6, type, IPPROTO_TCP));
    if (socket) {
        setOption(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    } else {
        any.address = Ipv4Address{};
        socket = OwnedFd(::socket(AF_INET, type, IPPROTO_TCP));
    }
    setOption(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    if (receiveBuffer > 0)
        setOption(socket, SOL_SOCKET, SO_RCVBUF, receiveBuffer);
    sockaddr_storage address;
    const socklen_t size = fill(address, any);
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0
        || ::listen(socket.get(), backlog) != 0) {
        const int error = errno;
        socket.reset();
        errno = error;
    }
    return socket;
}

std::uint32_t inodeOf(const OwnedFd& socket)
{
    struct stat status = {};
    return ::fstat(socket.get(), &status) == 0 ? static_cast<std::uint32_t>(status.st_ino) : 0;
}

int takeError(const OwnedFd& socket)
{
    int error = 0;
    socklen_t size = sizeof(error);
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0)
        return errno;
    return error;
}

} // namespace tcpw
