// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/ownedfd.h"
#include "packet/addresses.h"

#include <cstdint>
#include <netinet/in.h>
#include <string>

namespace tcpw {

/// One end of a connection.
struct FarEndpoint
{
    IpAddress address;
    std::uint16_t port = 0;
};

/// "192.168.56.101:40001", "[fd00:56::101]:40001"
std::string toText(const FarEndpoint& end);

/// An IPv4 address inside an IPv6 one (RFC 4291, section 2.5.5.2) is given as the former.
IpAddress toAddress(const std::uint8_t (&octets)[16]);
FarEndpoint toEndpoint(const sockaddr_storage& address);

/// A socket address of the family of `end`, and its length.
socklen_t fill(sockaddr_storage& storage, const FarEndpoint& end);

/// A non-blocking TCP socket that listens on a port of every address, IPv6 and IPv4 both; without
/// IPv6 of the latter. `receiveBuffer` in bytes, 0 as the system has it. On failure errno is set.
OwnedFd listenOn(std::uint16_t port, int backlog, int receiveBuffer);

/// The socket's number in sock_diag and /proc, 0 on failure.
std::uint32_t inodeOf(const OwnedFd& socket);

/// The socket's pending error, which is cleared by asking.
int takeError(const OwnedFd& socket);

} // namespace tcpw
