// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <tl/expected.hpp>

namespace tcpw {

/// What is done, one after the other, to make a lab.
enum class LabStep
{
    userNamespace, ///< unshare(CLONE_NEWUSER)
    idMap, ///< writing setgroups, uid_map and gid_map
    networkNamespace, ///< unshare(CLONE_NEWNET), twice
    openSockets, ///< the netlink and packet sockets that build the network
    createPair, ///< RTM_NEWLINK of the veth pair
    bringUp, ///< its two ends and both loopback devices
    addAddresses,
    startServers, ///< the far end's listening sockets
};

/// Which step of making a lab failed, and errno.
struct LabFailure
{
    LabStep step = LabStep::userNamespace;
    int error = 0;
    friend bool operator==(const LabFailure&, const LabFailure&) = default;
};

template <typename T> using LabResult = tl::expected<T, LabFailure>;

/// Makes the failed case of any LabResult.
inline tl::unexpected<LabFailure> labFailure(LabStep step, int error)
{
    return tl::unexpected<LabFailure>(LabFailure{step, error});
}

} // namespace tcpw
