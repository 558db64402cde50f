// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/lab/nearsocket.h"

#include "lab/lab.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace tcpw {

namespace {

const sockaddr* generic(const sockaddr_in6& address)
{
    return reinterpret_cast<const sockaddr*>(&address);
}

/// An IPv4 destination is reached from an IPv6 socket by its mapped address.
sockaddr_in6 farAddress(bool ipv6, std::uint16_t port)
{
    sockaddr_in6 address = {};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    const auto& octets = labAddress::far6.octets;
    std::uint8_t* const target = address.sin6_addr.s6_addr;
    if (ipv6) {
        std::copy(octets.begin(), octets.end(), target);
        return address;
    }
    target[10] = target[11] = 0xff;
    for (int i = 0; i < 4; ++i)
        target[12 + i] = static_cast<std::uint8_t>(labAddress::far4.value >> (24 - 8 * i));
    return address;
}

} // namespace

NearSocket::NearSocket(bool ipv6)
    : m_descriptor(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0))
    , m_ipv6(ipv6)
{
    const timeval patience{3, 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    const int both = 0;
    ::setsockopt(m_descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &both, sizeof(both));
}

NearSocket::NearSocket(NearSocket&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_ipv6(other.m_ipv6)
{
}

NearSocket::~NearSocket()
{
    close();
}

int NearSocket::connectToFar(std::uint16_t port)
{
    const sockaddr_in6 address = farAddress(m_ipv6, port);
    return ::connect(m_descriptor, generic(address), sizeof(address)) == 0 ? 0 : errno;
}

std::uint16_t NearSocket::listen()
{
    ::listen(m_descriptor, 16);
    return port();
}

NearSocket NearSocket::accept()
{
    NearSocket accepted(m_ipv6);
    const int descriptor = ::accept4(m_descriptor, nullptr, nullptr, SOCK_CLOEXEC);
    accepted.close();
    accepted.m_descriptor = descriptor;
    const timeval patience{3, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    return accepted;
}

bool NearSocket::send(const QByteArray& bytes)
{
    return ::send(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL)
        == bytes.size();
}

QByteArray NearSocket::receive(int least)
{
    QByteArray all;
    std::array<char, 4096> buffer;
    while (all.size() < least) {
        const ssize_t size = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (size <= 0)
            break;
        all.append(buffer.data(), size);
    }
    return all;
}

int NearSocket::receiveEnd()
{
    std::array<char, 4096> buffer;
    ssize_t size = 0;
    do {
        size = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    } while (size > 0);
    return size == 0 ? 0 : errno;
}

void NearSocket::shutdown()
{
    ::shutdown(m_descriptor, SHUT_WR);
}

void NearSocket::close()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

void NearSocket::reset()
{
    const linger atOnce{1, 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof(atOnce));
    close();
}

std::uint16_t NearSocket::port() const
{
    sockaddr_in6 address = {};
    socklen_t size = sizeof(address);
    ::getsockname(m_descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin6_port);
}

} // namespace tcpw
