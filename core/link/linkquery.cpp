// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/linkquery.h"

#include <libmnl/libmnl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace tcpw {

namespace {

MacAddress readMac(const nlattr* attribute)
{
    MacAddress mac;
    if (mnl_attr_get_payload_len(attribute) == mac.octets.size())
        std::memcpy(mac.octets.data(), mnl_attr_get_payload(attribute), mac.octets.size());
    return mac;
}

std::string readText(const nlattr* attribute)
{
    const char* text = mnl_attr_get_str(attribute);
    return std::string(text, strnlen(text, mnl_attr_get_payload_len(attribute)));
}

std::uint64_t readMissed(const nlattr* attribute)
{
    rtnl_link_stats64 statistics{};
    std::memcpy(&statistics, mnl_attr_get_payload(attribute),
        std::min<std::size_t>(sizeof statistics, mnl_attr_get_payload_len(attribute)));
    return statistics.rx_missed_errors + statistics.rx_fifo_errors;
}

void readAttribute(LinkInfo& link, const nlattr* attribute)
{
    switch (mnl_attr_get_type(attribute)) {
    case IFLA_IFNAME:
        link.name = readText(attribute);
        break;
    case IFLA_MTU:
        link.mtu = mnl_attr_get_u32(attribute);
        break;
    case IFLA_PROMISCUITY:
        link.promiscuity = mnl_attr_get_u32(attribute);
        break;
    case IFLA_ADDRESS:
        link.mac = readMac(attribute);
        break;
    case IFLA_BROADCAST:
        link.broadcast = readMac(attribute);
        break;
    case IFLA_STATS64:
        link.missed = readMissed(attribute);
        break;
    case IFLA_LINKINFO:
        forEachNested(attribute, [&link](const nlattr* nested) {
            if (mnl_attr_get_type(nested) == IFLA_INFO_KIND)
                link.kind = readText(nested);
        });
        break;
    }
}

struct LinkRequest
{
    alignas(nlmsghdr) std::array<char, 256> buffer{};
    nlmsghdr* header = mnl_nlmsg_put_header(buffer.data());

    LinkRequest(std::uint16_t flags, std::uint32_t index)
    {
        header->nlmsg_type = RTM_GETLINK;
        header->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
        auto* body = static_cast<ifinfomsg*>(mnl_nlmsg_put_extra_header(header, sizeof(ifinfomsg)));
        body->ifi_family = AF_UNSPEC;
        body->ifi_index = static_cast<int>(index);
    }
};

std::optional<LinkInfo> askForLink(const NetlinkSocket& socket, LinkRequest& request)
{
    std::optional<LinkInfo> found;
    socket.ask(request.header, [&found](const nlmsghdr* message) {
        if (message->nlmsg_type == RTM_NEWLINK)
            found = readLink(message);
    });
    return found;
}

} // namespace

bool LinkInfo::up() const
{
    return flags & IFF_UP;
}

bool LinkInfo::running() const
{
    return up() && flags & IFF_RUNNING;
}

LinkInfo readLink(const nlmsghdr* message)
{
    LinkInfo link;
    const auto* body = static_cast<const ifinfomsg*>(mnl_nlmsg_get_payload(message));
    link.index = static_cast<std::uint32_t>(body->ifi_index);
    link.hardwareType = body->ifi_type;
    link.flags = body->ifi_flags;
    forEachAttribute(message, sizeof(ifinfomsg),
        [&link](const nlattr* attribute) { readAttribute(link, attribute); });
    return link;
}

Result<std::vector<LinkInfo>> allLinks()
{
    std::vector<LinkInfo> links;
    int problem = EINTR;
    // A list that changed while it was read is read again, a few times.
    for (int attempt = 0; attempt < 5 && problem == EINTR; ++attempt) {
        links.clear();
        LinkRequest request(NLM_F_DUMP, 0);
        problem = NetlinkSocket().ask(request.header, [&links](const nlmsghdr* message) {
            if (message->nlmsg_type == RTM_NEWLINK)
                links.push_back(readLink(message));
        });
    }
    if (problem != 0 && problem != EINTR)
        return failure(std::string("The kernel does not list its network devices: ")
            + std::strerror(problem) + ".");
    return links;
}

std::optional<LinkInfo> findLink(const NetlinkSocket& socket, std::uint32_t index)
{
    if (index == 0)
        return {};
    LinkRequest request(0, index);
    return askForLink(socket, request);
}

std::optional<LinkInfo> findLink(const NetlinkSocket& socket, const std::string& name)
{
    if (name.empty() || name.size() >= IF_NAMESIZE)
        return {};
    LinkRequest request(0, 0);
    mnl_attr_put_strz(request.header, IFLA_IFNAME, name.c_str());
    return askForLink(socket, request);
}

std::uint64_t networkNamespace()
{
    struct stat status
    {
    };
    return ::stat("/proc/thread-self/ns/net", &status) == 0 ? status.st_ino : 0;
}

} // namespace tcpw
