// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/capabilities.h"

#include <cerrno>
#include <initializer_list>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr int kept[] = {CAP_NET_ADMIN, CAP_NET_RAW, CAP_NET_BIND_SERVICE};

struct Sets
{
    __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {};

    bool read() { return ::syscall(SYS_capget, &header, data) == 0; }
    bool write() { return ::syscall(SYS_capset, &header, data) == 0; }
};

constexpr unsigned bit(int capability)
{
    return 1u << (capability & 31);
}

} // namespace

bool mayMakeNetworkNamespaces()
{
    Sets sets;
    if (!sets.read())
        return false;
    for (const int capability : {CAP_SYS_ADMIN, CAP_NET_ADMIN, CAP_NET_RAW}) {
        if ((sets.data[capability >> 5].effective & bit(capability)) == 0)
            return false;
    }
    return true;
}

int raiseAmbientCapabilities()
{
    Sets sets;
    if (!sets.read())
        return errno;
    for (const int capability : kept) {
        auto& data = sets.data[capability >> 5];
        data.inheritable |= data.permitted & bit(capability);
    }
    if (!sets.write())
        return errno;
    for (const int capability : kept) {
        const bool permitted = (sets.data[capability >> 5].permitted & bit(capability)) != 0;
        if (permitted && ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) != 0)
            return errno;
    }
    return 0;
}

} // namespace tcpw
