// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/offloads.h"

#include <cstring>
#include <initializer_list>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>

namespace tcpw {

void switchOffloadsOff(int socket, const char* device)
{
    for (const __u32 command :
        {ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO, ETHTOOL_STXCSUM, ETHTOOL_SRXCSUM}) {
        ethtool_value value = {command, 0};
        ifreq request = {};
        std::strncpy(request.ifr_name, device, IFNAMSIZ - 1);
        request.ifr_data = reinterpret_cast<char*>(&value);
        static_cast<void>(::ioctl(socket, SIOCETHTOOL, &request));
    }
}

} // namespace tcpw
