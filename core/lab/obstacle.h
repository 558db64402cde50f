// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/lab.h"
#include "lab/labsteps.h"

namespace tcpw {

/// What this system says about namespaces; what it does not say is empty.
struct LabSettings
{
    std::optional<long> unprivilegedUserNamespaces; ///< kernel.unprivileged_userns_clone
    std::optional<long> maxUserNamespaces; ///< user.max_user_namespaces
    std::optional<long> maxNetworkNamespaces; ///< user.max_net_namespaces
    std::optional<long> appArmorRestricts; ///< kernel.apparmor_restrict_unprivileged_userns
    std::string kernelRelease; ///< as `uname -r`
    bool chrooted = false; ///< no file system is mounted at this process's root
    bool filtered = false; ///< a seccomp filter is in force
    bool modulesInstalled = true; ///< /lib/modules has any kernel's
    bool modulesMatch = true; ///< ... and the running one's
};

/// Reads the settings; other folders can stand for the real ones.
LabSettings readLabSettings(
    const std::string& proc = "/proc", const std::string& modules = "/lib/modules");

/// Says why a step failed under these settings, and what helps.
LabObstacle explain(const LabFailure& failure, const LabSettings& settings);

} // namespace tcpw
