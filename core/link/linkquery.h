// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/device.h"
#include "link/netlink.h"

#include <optional>

namespace tcpw {

/// A network device as the kernel describes it (RTM_NEWLINK).
struct LinkInfo
{
    std::uint32_t index = 0;
    std::string name;
    std::uint16_t hardwareType = 0; ///< ARPHRD_...
    std::uint32_t flags = 0; ///< IFF_...
    std::uint32_t mtu = 0;
    std::uint32_t promiscuity = 0; ///< how many ask for promiscuous mode
    std::string kind; ///< "veth", "tun", "bridge", ... or ""
    MacAddress mac;
    MacAddress broadcast;
    std::uint64_t missed = 0; ///< received packets that the device itself lost

    bool up() const;
    bool running() const; ///< up, and the link is there
};

/// Reads a RTM_NEWLINK or RTM_DELLINK message.
LinkInfo readLink(const nlmsghdr* message);

/// All devices of this network namespace.
Result<std::vector<LinkInfo>> allLinks();

/// The device of that index in the socket's network namespace; empty when there is none.
std::optional<LinkInfo> findLink(const NetlinkSocket& socket, std::uint32_t index);

/// The device of that name in the socket's network namespace; empty when there is none.
std::optional<LinkInfo> findLink(const NetlinkSocket& socket, const std::string& name);

/// The inode of this thread's network namespace; 0 when it cannot be read.
std::uint64_t networkNamespace();

} // namespace tcpw
