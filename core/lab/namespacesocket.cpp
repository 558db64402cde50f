// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/namespacesocket.h"

#include "lab/lab.h"

#include <cstddef>
#include <cstring>

namespace tcpw {

NamespaceSocketName::NamespaceSocketName()
{
    m_address.sun_family = AF_UNIX;
    // The zero byte before the name makes the address abstract, so no file comes of it.
    std::memcpy(m_address.sun_path + 1, farSocketName, sizeof(farSocketName) - 1);
    m_size = offsetof(sockaddr_un, sun_path) + sizeof(farSocketName);
}

OwnedFd openNamespaceSocket()
{
    return OwnedFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

bool isOwnProcess(const OwnedFd& socket)
{
    ucred peer = {};
    socklen_t size = sizeof(peer);
    return ::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
        && peer.uid == ::geteuid();
}

} // namespace tcpw
