// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/labnetlink.h"
#include "lab/labsteps.h"
#include "lab/ownedfd.h"
#include "packet/addresses.h"

namespace tcpw {

/// One end of the lab's veth pair, and the sockets that configure its network namespace.
class LabEnd
{
public:
    LabEnd(const char* device, const MacAddress& mac, const Ipv4Address& v4, const Ipv6Address& v6);

    /// Opens the sockets in the calling thread's network namespace, and keeps devices that are made
    /// there later from soliciting routers.
    LabResult<void> open();

    /// Makes the pair, this end of it here, the other in the namespace of `farNamespace`.
    LabResult<void> createPair(const LabEnd& other, const OwnedFd& farNamespace);

    /// Takes up its device and the loopback device; no offloads, no link-local address.
    LabResult<void> bringUp();

    /// Waits until the device can send, which it learns some time after the other end is up; what
    /// is sent before is lost.
    LabResult<void> awaitLink();

    /// Adds the IPv4 address, and the IPv6 address where the kernel has IPv6.
    LabResult<void> addAddresses();

    /// Makes the other end's kernel drop its multicast listener reports for the groups joined so
    /// far, which it would send of its own accord (see silentquery.h).
    void silenceOther() const;

    bool hasIpv6() const { return m_hasIpv6; }

private:
    void withoutLinkLocal();
    int takeUp(int index);
    int addAddress(int family, const void* address, std::size_t size, std::uint8_t prefixLength);
    int awaitIpv6();

    const char* m_device;
    MacAddress m_mac;
    Ipv4Address m_v4;
    Ipv6Address m_v6;
    int m_index = 0;
    bool m_hasIpv6 = false;
    LabNetlink m_route;
    LabNetlink m_news; ///< tells when the link is up and an IPv6 address in use
    OwnedFd m_packet; ///< kept to the end: to close it takes the kernel longer than all the rest
};

} // namespace tcpw
