// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/ownedfd.h"

#include <sys/socket.h>
#include <sys/un.h>

namespace tcpw {

/// The abstract Unix address of a lab in its near network namespace (unix(7)).
class NamespaceSocketName
{
public:
    NamespaceSocketName();
    const sockaddr* address() const { return reinterpret_cast<const sockaddr*>(&m_address); }
    socklen_t size() const { return m_size; }

private:
    sockaddr_un m_address{};
    socklen_t m_size = 0;
};

/// A non-blocking Unix stream socket of the calling thread's network namespace.
OwnedFd openNamespaceSocket();

/// True when the process at the other end of a connected Unix socket is the same user's.
bool isOwnProcess(const OwnedFd& socket);

} // namespace tcpw
