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
class LabNetlink
{
public:
    /// `bus` is NETLINK_ROUTE or NETLINK_SOCK_DIAG; `groups` a mask of multicast groups.
    int open(int bus, unsigned groups = 0);

    using Take = std::function<bool(const nlmsghdr*)>;

    /// Sends one request, hands over each message of its answer and waits for the acknowledgment.
    int request(nlmsghdr* message, const Take& take = {});

    /// Sends one dump request and hands over each message of its answer, until that gives false.
    int dump(nlmsghdr* message, const Take& take);

    /// Reads messages of the groups until one is taken (`take` gives true).
    int await(const Take& take);

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
