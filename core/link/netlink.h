// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <functional>

struct mnl_socket;
struct nlattr;
struct nlmsghdr;

namespace tcpw {

/// Calls `handler` for each attribute of a message whose own header has `headerSize` bytes.
void forEachAttribute(const nlmsghdr* message, std::size_t headerSize,
    const std::function<void(const nlattr*)>& handler);

/// Calls `handler` for each attribute within an attribute.
void forEachNested(const nlattr* attribute, const std::function<void(const nlattr*)>& handler);

/// A route netlink socket of the calling thread's network namespace.
class NetlinkSocket
{
public:
    /// Joins the multicast groups of the mask (RTMGRP_LINK, ...); 0 for a socket that only asks.
    explicit NetlinkSocket(unsigned groups = 0);
    ~NetlinkSocket();
    NetlinkSocket(NetlinkSocket&& other) noexcept;
    NetlinkSocket& operator=(NetlinkSocket&&) = delete;

    using Handler = std::function<void(const nlmsghdr*)>;

    /// Sends a request and calls `handler` for each message of the answer; gives 0 or an errno.
    int ask(nlmsghdr* request, const Handler& handler) const;

    /// Calls `handler` for what has arrived on the joined groups, without waiting; gives 0, or
    /// ENOBUFS when messages were lost, or another errno.
    int receive(const Handler& handler) const;

    int descriptor() const; ///< -1 when the socket could not be opened

private:
    mnl_socket* m_socket = nullptr;
};

} // namespace tcpw
