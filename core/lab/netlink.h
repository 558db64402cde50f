// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/ownedfd.h"

#include <cstdint>
#include <functional>
#include <memory>

struct mnl_socket;
struct nlmsghdr;

namespace tcpw {

/// A netlink socket in the network namespace that its thread was in when it was opened.
/// Whatever it does gives 0 or errno, and ends within a second.
class NetlinkSocket
{
public:
    /// `bus` is NETLINK_ROUTE or NETLINK_SOCK_DIAG; `groups` a mask of multicast groups.
    int open(int bus, unsigned groups = 0);

    /// Sends one request and waits for its acknowledgment.
    int request(nlmsghdr* message);

    /// Sends one dump request and hands over each message of its answer, until that gives false.
    int dump(nlmsghdr* message, const std::function<bool(const nlmsghdr*)>& take);

    /// Reads messages of the groups until one is taken (`take` gives true).
    int await(const std::function<bool(const nlmsghdr*)>& take);

private:
    int send(nlmsghdr* message);

    struct Closer
    {
        void operator()(mnl_socket* socket) const;
    };
    std::unique_ptr<mnl_socket, Closer> m_socket;
    std::uint32_t m_sequence = 0;
};

} // namespace tcpw
