// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/labnetlink.h"

#include <libmnl/libmnl.h>

#include <array>
#include <cerrno>
#include <linux/netlink.h>
#include <sys/time.h>
#include <vector>

namespace tcpw {

namespace {

constexpr std::size_t bufferSize = 32768; // what dumps fill at most (NLMSG_GOODSIZE and below)
constexpr int mostReads = 10'000; // of one dump: over 100,000 sockets

int errorOf(const nlmsghdr* message)
{
    if (message->nlmsg_type != NLMSG_ERROR || mnl_nlmsg_get_payload_len(message) < sizeof(int))
        return 0;
    return -*static_cast<const int*>(mnl_nlmsg_get_payload(message));
}

} // namespace

void LabNetlink::Closer::operator()(mnl_socket* socket) const
{
    mnl_socket_close(socket);
}

int LabNetlink::open(int bus, unsigned groups)
{
    m_socket.reset(mnl_socket_open2(bus, SOCK_CLOEXEC));
    if (!m_socket || mnl_socket_bind(m_socket.get(), groups, MNL_SOCKET_AUTOPID) < 0)
        return errno;
    const timeval second{1, 0};
    if (::setsockopt(
            mnl_socket_get_fd(m_socket.get()), SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second))
        != 0)
        return errno;
    return 0;
}

int LabNetlink::send(nlmsghdr* message)
{
    message->nlmsg_seq = ++m_sequence;
    if (mnl_socket_sendto(m_socket.get(), message, message->nlmsg_len) < 0)
        return errno;
    return 0;
}

int LabNetlink::request(nlmsghdr* message, const Take& take)
{
    message->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
    if (const int error = send(message))
        return error;
    std::vector<char> buffer(bufferSize);
    while (true) {
        const ssize_t size = mnl_socket_recvfrom(m_socket.get(), buffer.data(), buffer.size());
        if (size < 0)
            return errno;
        int left = static_cast<int>(size);
        const void* at = buffer.data();
        for (auto* answer = static_cast<const nlmsghdr*>(at); mnl_nlmsg_ok(answer, left);
             answer = mnl_nlmsg_next(answer, &left)) {
            if (answer->nlmsg_seq != m_sequence)
                continue;
            if (answer->nlmsg_type == NLMSG_ERROR)
                return errorOf(answer);
            if (take)
                static_cast<void>(take(answer));
        }
    }
}

int LabNetlink::dump(nlmsghdr* message, const Take& take)
{
    message->nlmsg_flags |= NLM_F_REQUEST | NLM_F_DUMP;
    if (const int error = send(message))
        return error;
    std::vector<char> buffer(bufferSize);
    bool wanted = true;
    for (int reads = 0; reads < mostReads; ++reads) {
        const ssize_t size = mnl_socket_recvfrom(m_socket.get(), buffer.data(), buffer.size());
        if (size < 0)
            return errno;
        int left = static_cast<int>(size);
        const void* at = buffer.data();
        for (auto* answer = static_cast<const nlmsghdr*>(at); mnl_nlmsg_ok(answer, left);
             answer = mnl_nlmsg_next(answer, &left)) {
            if (answer->nlmsg_seq != m_sequence)
                continue;
            if (answer->nlmsg_type == NLMSG_ERROR)
                return errorOf(answer);
            if (answer->nlmsg_type == NLMSG_DONE)
                return 0;
            wanted = wanted && take(answer);
        }
    }
    return EOVERFLOW;
}

int LabNetlink::await(const Take& take)
{
    std::array<char, 8192> buffer;
    while (true) {
        const ssize_t size = mnl_socket_recvfrom(m_socket.get(), buffer.data(), buffer.size());
        if (size < 0)
            return errno;
        int left = static_cast<int>(size);
        const void* at = buffer.data();
        for (auto* message = static_cast<const nlmsghdr*>(at); mnl_nlmsg_ok(message, left);
             message = mnl_nlmsg_next(message, &left)) {
            if (take(message))
                return 0;
        }
    }
}

} // namespace tcpw
