// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"
#include "lab/ownedfd.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace tcpw {

bool insideLab()
{
    const OwnedFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request = {};
    std::strcpy(request.ifr_name, "lab0");
    if (!socket || ::ioctl(socket.get(), SIOCGIFHWADDR, &request) != 0)
        return false;
    const auto& mac = labAddress::nearMac.octets;
    if (!std::equal(mac.begin(), mac.end(), request.ifr_hwaddr.sa_data,
            [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }))
        return false;
    if (::ioctl(socket.get(), SIOCGIFADDR, &request) != 0)
        return false;
    sockaddr_in address;
    std::memcpy(&address, &request.ifr_addr, sizeof(address));
    return ntohl(address.sin_addr.s_addr) == labAddress::near4.value;
}

} // namespace tcpw
