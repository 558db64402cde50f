// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "rights.h"

#include "helper/protocol.h"

#include <cstdlib>
#include <fcntl.h>
#include <initializer_list>
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tcpw {

namespace {

void closeOtherDescriptors()
{
    if (syscall(SYS_close_range, unsigned(helperMemory + 1), ~0u, 0u) == 0)
        return;
    const long limit = sysconf(_SC_OPEN_MAX);
    for (int number = helperMemory + 1; number < limit; ++number)
        close(number);
}

} // namespace

void leaveInheritanceBehind()
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    clearenv();
    closeOtherDescriptors();
    for (const int number : {helperStream, helperMemory})
        fcntl(number, F_SETFD, FD_CLOEXEC);
    for (const int number : {SIGINT, SIGHUP, SIGQUIT, SIGPIPE})
        signal(number, SIG_IGN);
}

void dieWithParent()
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

void keepNetworkRightsOnly()
{
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3]{};
    if (syscall(SYS_capget, &header, sets) != 0)
        return;
    constexpr unsigned kept = 1u << CAP_NET_RAW | 1u << CAP_NET_ADMIN | 1u << CAP_NET_BIND_SERVICE;
    sets[0].permitted &= kept;
    sets[0].effective = sets[0].permitted;
    sets[0].inheritable = 0;
    sets[1] = {};
    syscall(SYS_capset, &header, sets);
}

void hideFromOthers()
{
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

bool runsWithForeignId()
{
    return getuid() != geteuid() || getgid() != getegid();
}

} // namespace tcpw
