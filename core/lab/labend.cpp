// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/labend.h"

#include "lab/offloads.h"
#include "lab/silentquery.h"

#include <libmnl/libmnl.h>

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace tcpw {

namespace {

constexpr int loopbackIndex = 1; // a network namespace has it from the start

/// Room for one request; the messages of this file stay far below it.
struct Request
{
    alignas(nlmsghdr) std::array<char, 1024> bytes{};
    nlmsghdr* header = mnl_nlmsg_put_header(bytes.data());

    explicit Request(std::uint16_t type, std::uint16_t flags = 0)
    {
        header->nlmsg_type = type;
        header->nlmsg_flags = flags;
    }

    template <typename T> T* add()
    {
        return static_cast<T*>(mnl_nlmsg_put_extra_header(header, sizeof(T)));
    }
};

/// Best effort: where /proc/sys is read-only nothing is sent either, for want of a link-local
/// address to send it from.
void writeSetting(const char* file, const char* value)
{
    const OwnedFd setting(::open(file, O_WRONLY | O_CLOEXEC));
    if (setting)
        static_cast<void>(!::write(setting.get(), value, std::strlen(value)));
}

int indexOf(const OwnedFd& socket, const char* device)
{
    ifreq request = {};
    std::strncpy(request.ifr_name, device, IFNAMSIZ - 1);
    return ::ioctl(socket.get(), SIOCGIFINDEX, &request) == 0 ? request.ifr_ifindex : 0;
}

/// True when the message says that the device is up in the sense of RFC 2863: the kernel says so
/// when it has made its queue ready as well.
bool tellsLinkUp(const nlmsghdr* message, int index)
{
    if (message->nlmsg_type != RTM_NEWLINK || mnl_nlmsg_get_payload_len(message) < sizeof(ifinfomsg)
        || static_cast<const ifinfomsg*>(mnl_nlmsg_get_payload(message))->ifi_index != index)
        return false;
    std::uint8_t state = IF_OPER_UNKNOWN;
    static_cast<void>(mnl_attr_parse(
        message, sizeof(ifinfomsg),
        [](const nlattr* attribute, void* found) {
            if (mnl_attr_get_type(attribute) == IFLA_OPERSTATE)
                *static_cast<std::uint8_t*>(found) = mnl_attr_get_u8(attribute);
            return MNL_CB_OK;
        },
        &state));
    return state == IF_OPER_UP;
}

} // namespace

LabEnd::LabEnd(
    const char* device, const MacAddress& mac, const Ipv4Address& v4, const Ipv6Address& v6)
    : m_device(device)
    , m_mac(mac)
    , m_v4(v4)
    , m_v6(v6)
{
}

LabResult<void> LabEnd::open()
{
    if (const int error = m_route.open(NETLINK_ROUTE))
        return labFailure(LabStep::openSockets, error);
    if (const int error = m_news.open(NETLINK_ROUTE, RTMGRP_LINK | RTMGRP_IPV6_IFADDR))
        return labFailure(LabStep::openSockets, error);
    m_packet = OwnedFd(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0)); // protocol 0: only sends
    if (!m_packet)
        return labFailure(LabStep::openSockets, errno);
    writeSetting("/proc/sys/net/ipv6/conf/default/accept_ra", "0");
    writeSetting("/proc/sys/net/ipv6/conf/default/router_solicitations", "0");
    writeSetting("/proc/sys/net/ipv6/conf/default/disable_ipv6", "0");
    return {};
}

LabResult<void> LabEnd::createPair(const LabEnd& other, const OwnedFd& farNamespace)
{
    Request request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    request.add<ifinfomsg>();
    mnl_attr_put_strz(request.header, IFLA_IFNAME, m_device);
    mnl_attr_put(request.header, IFLA_ADDRESS, m_mac.octets.size(), m_mac.octets.data());
    nlattr* const info = mnl_attr_nest_start(request.header, IFLA_LINKINFO);
    mnl_attr_put_strz(request.header, IFLA_INFO_KIND, "veth");
    nlattr* const data = mnl_attr_nest_start(request.header, IFLA_INFO_DATA);
    nlattr* const peer = mnl_attr_nest_start(request.header, VETH_INFO_PEER);
    request.add<ifinfomsg>();
    mnl_attr_put_strz(request.header, IFLA_IFNAME, other.m_device);
    mnl_attr_put(
        request.header, IFLA_ADDRESS, other.m_mac.octets.size(), other.m_mac.octets.data());
    mnl_attr_put_u32(
        request.header, IFLA_NET_NS_FD, static_cast<std::uint32_t>(farNamespace.get()));
    mnl_attr_nest_end(request.header, peer);
    mnl_attr_nest_end(request.header, data);
    mnl_attr_nest_end(request.header, info);
    if (const int error = m_route.request(request.header))
        return labFailure(LabStep::createPair, error);
    return {};
}

LabResult<void> LabEnd::bringUp()
{
    m_index = indexOf(m_packet, m_device);
    if (m_index == 0)
        return labFailure(LabStep::bringUp, errno);
    switchOffloadsOff(m_packet.get(), m_device);
    withoutLinkLocal();
    int error = takeUp(m_index);
    if (error == 0)
        error = takeUp(loopbackIndex);
    if (error != 0)
        return labFailure(LabStep::bringUp, error);
    return {};
}

/// Must be said before the device is up. A kernel without IPv6 refuses, and has nothing to refuse.
void LabEnd::withoutLinkLocal()
{
    Request request(RTM_NEWLINK);
    request.add<ifinfomsg>()->ifi_index = m_index;
    nlattr* const families = mnl_attr_nest_start(request.header, IFLA_AF_SPEC);
    nlattr* const inet6 = mnl_attr_nest_start(request.header, AF_INET6);
    mnl_attr_put_u8(request.header, IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
    mnl_attr_nest_end(request.header, inet6);
    mnl_attr_nest_end(request.header, families);
    static_cast<void>(m_route.request(request.header));
}

int LabEnd::takeUp(int index)
{
    Request request(RTM_NEWLINK);
    auto* const link = request.add<ifinfomsg>();
    link->ifi_index = index;
    link->ifi_flags = IFF_UP;
    link->ifi_change = IFF_UP;
    return m_route.request(request.header);
}

LabResult<void> LabEnd::awaitLink()
{
    const auto isUp = [this](const nlmsghdr* message) {
        return tellsLinkUp(message, m_index);
    };
    bool up = false;
    Request request(RTM_GETLINK);
    request.add<ifinfomsg>()->ifi_index = m_index;
    int error = m_route.request(
        request.header, [&](const nlmsghdr* message) { return up = up || isUp(message); });
    if (error == 0 && !up)
        error = m_news.await(isUp);
    if (error != 0)
        return labFailure(LabStep::bringUp, error);
    return {};
}

LabResult<void> LabEnd::addAddresses()
{
    const std::uint32_t v4 = htonl(m_v4.value);
    if (const int error = addAddress(AF_INET, &v4, sizeof(v4), 24))
        return labFailure(LabStep::addAddresses, error);
    m_hasIpv6
        = addAddress(AF_INET6, m_v6.octets.data(), m_v6.octets.size(), 64) == 0 && awaitIpv6() == 0;
    m_news = LabNetlink();
    return {};
}

int LabEnd::addAddress(int family, const void* address, std::size_t size, std::uint8_t prefixLength)
{
    Request request(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
    auto* const message = request.add<ifaddrmsg>();
    message->ifa_family = static_cast<std::uint8_t>(family);
    message->ifa_prefixlen = prefixLength;
    message->ifa_flags = IFA_F_PERMANENT;
    message->ifa_scope = RT_SCOPE_UNIVERSE;
    message->ifa_index = static_cast<std::uint32_t>(m_index);
    if (family == AF_INET6)
        message->ifa_flags |= IFA_F_NODAD;
    mnl_attr_put(request.header, IFA_LOCAL, size, address);
    mnl_attr_put(request.header, IFA_ADDRESS, size, address);
    if (family == AF_INET)
        mnl_attr_put_u32(request.header, IFA_BROADCAST, htonl(m_v4.value | 0xff));
    return m_route.request(request.header);
}

/// The kernel joins the address's solicited-node group on a thread of its own, then tells.
int LabEnd::awaitIpv6()
{
    return m_news.await([this](const nlmsghdr* message) {
        if (message->nlmsg_type != RTM_NEWADDR
            || mnl_nlmsg_get_payload_len(message) < sizeof(ifaddrmsg))
            return false;
        const auto* const address = static_cast<const ifaddrmsg*>(mnl_nlmsg_get_payload(message));
        return static_cast<int>(address->ifa_index) == m_index;
    });
}

void LabEnd::silenceOther() const
{
    sockaddr_ll target = {};
    target.sll_family = AF_PACKET;
    target.sll_ifindex = m_index;
    const Bytes query = silentQuery(m_mac);
    static_cast<void>(::sendto(m_packet.get(), query.data(), query.size(), 0,
        reinterpret_cast<const sockaddr*>(&target), sizeof(target)));
}

} // namespace tcpw
