// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/netlink.h"

#include <libmnl/libmnl.h>

#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace tcpw {

namespace {

constexpr std::size_t bufferSize = 32768; // what the kernel fills at most for one read

int callHandler(const nlmsghdr* message, void* data)
{
    (*static_cast<const NetlinkSocket::Handler*>(data))(message);
    return MNL_CB_OK;
}

void* handlerArgument(const NetlinkSocket::Handler& handler)
{
    return const_cast<NetlinkSocket::Handler*>(&handler);
}

int callAttributeHandler(const nlattr* attribute, void* data)
{
    (*static_cast<const std::function<void(const nlattr*)>*>(data))(attribute);
    return MNL_CB_OK;
}

} // namespace

void forEachAttribute(const nlmsghdr* message, std::size_t headerSize,
    const std::function<void(const nlattr*)>& handler)
{
    mnl_attr_parse(message, static_cast<unsigned>(headerSize), callAttributeHandler,
        const_cast<std::function<void(const nlattr*)>*>(&handler));
}

void forEachNested(const nlattr* attribute, const std::function<void(const nlattr*)>& handler)
{
    mnl_attr_parse_nested(
        attribute, callAttributeHandler, const_cast<std::function<void(const nlattr*)>*>(&handler));
}

NetlinkSocket::NetlinkSocket(unsigned groups)
    : m_socket(mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC))
{
    if (m_socket && mnl_socket_bind(m_socket, groups, MNL_SOCKET_AUTOPID) < 0) {
        mnl_socket_close(m_socket);
        m_socket = nullptr;
    }
}

NetlinkSocket::~NetlinkSocket()
{
    if (m_socket)
        mnl_socket_close(m_socket);
}

NetlinkSocket::NetlinkSocket(NetlinkSocket&& other) noexcept
    : m_socket(std::exchange(other.m_socket, nullptr))
{
}

int NetlinkSocket::ask(nlmsghdr* request, const Handler& handler) const
{
    if (!m_socket)
        return EMFILE;
    request->nlmsg_seq = 1;
    if (mnl_socket_sendto(m_socket, request, request->nlmsg_len) < 0)
        return errno;

    std::array<char, bufferSize> buffer;
    const bool dump = (request->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
    while (true) {
        const ssize_t size = mnl_socket_recvfrom(m_socket, buffer.data(), buffer.size());
        if (size < 0)
            return errno;
        const int outcome = mnl_cb_run(buffer.data(), static_cast<std::size_t>(size), 1,
            mnl_socket_get_portid(m_socket), callHandler, handlerArgument(handler));
        if (outcome < 0)
            return errno;
        if (outcome == MNL_CB_STOP || !dump)
            return 0;
    }
}

int NetlinkSocket::receive(const Handler& handler) const
{
    if (!m_socket)
        return 0;
    std::array<char, bufferSize> buffer;
    while (true) {
        const ssize_t size = ::recv(descriptor(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (size < 0)
            return errno == EAGAIN || errno == EINTR ? 0 : errno;
        mnl_cb_run(buffer.data(), static_cast<std::size_t>(size), 0, 0, callHandler,
            handlerArgument(handler));
    }
}

int NetlinkSocket::descriptor() const
{
    return m_socket ? mnl_socket_get_fd(m_socket) : -1;
}

} // namespace tcpw
