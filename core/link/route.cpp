// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/route.h"

#include "link/netlink.h"

#include <libmnl/libmnl.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace tcpw {

namespace {

struct Request
{
    alignas(nlmsghdr) std::array<char, 256> buffer{};
    nlmsghdr* header = mnl_nlmsg_put_header(buffer.data());

    explicit Request(std::uint16_t type)
    {
        header->nlmsg_type = type;
        header->nlmsg_flags = NLM_F_REQUEST;
    }
    template <typename Body> Body& body()
    {
        return *static_cast<Body*>(mnl_nlmsg_put_extra_header(header, sizeof(Body)));
    }
};

unsigned char family(const IpAddress& address)
{
    return std::holds_alternative<Ipv4Address>(address) ? AF_INET : AF_INET6;
}

void putAddress(nlmsghdr* header, std::uint16_t type, const IpAddress& address)
{
    if (const auto* four = std::get_if<Ipv4Address>(&address)) {
        const std::uint8_t octets[] = {static_cast<std::uint8_t>(four->value >> 24),
            static_cast<std::uint8_t>(four->value >> 16),
            static_cast<std::uint8_t>(four->value >> 8), static_cast<std::uint8_t>(four->value)};
        mnl_attr_put(header, type, sizeof octets, octets);
    } else {
        const auto& octets = std::get<Ipv6Address>(address).octets;
        mnl_attr_put(header, type, octets.size(), octets.data());
    }
}

std::optional<IpAddress> readIp(const void* bytes, std::size_t size)
{
    const auto* octets = static_cast<const std::uint8_t*>(bytes);
    if (size == 4)
        return Ipv4Address{std::uint32_t{octets[0]} << 24 | std::uint32_t{octets[1]} << 16
            | std::uint32_t{octets[2]} << 8 | std::uint32_t{octets[3]}};
    if (size != 16)
        return {};
    Ipv6Address address;
    std::memcpy(address.octets.data(), octets, size);
    return address;
}

Route::Kind kindOf(unsigned char type)
{
    switch (type) {
    case RTN_UNICAST:
    case RTN_ANYCAST:
        return Route::Kind::unicast;
    case RTN_LOCAL:
        return Route::Kind::local;
    case RTN_BROADCAST:
        return Route::Kind::broadcast;
    case RTN_MULTICAST:
        return Route::Kind::multicast;
    }
    return Route::Kind::other;
}

/// The gateway of a route of the other address family: its family, then the address.
std::optional<IpAddress> readVia(const nlattr* attribute)
{
    const auto* via = static_cast<const rtvia*>(mnl_attr_get_payload(attribute));
    return readIp(via->rtvia_addr, mnl_attr_get_payload_len(attribute) - sizeof(rtvia));
}

Route readRoute(const nlmsghdr* message, const IpAddress& destination)
{
    Route route;
    route.hop.address = destination;
    route.kind = kindOf(static_cast<const rtmsg*>(mnl_nlmsg_get_payload(message))->rtm_type);
    forEachAttribute(message, sizeof(rtmsg), [&route](const nlattr* attribute) {
        const auto type = mnl_attr_get_type(attribute);
        const auto address = type == RTA_VIA
            ? readVia(attribute)
            : readIp(mnl_attr_get_payload(attribute), mnl_attr_get_payload_len(attribute));
        if (!address)
            return;
        if (type == RTA_GATEWAY || type == RTA_VIA)
            route.hop = {*address, false};
        else if (type == RTA_PREFSRC)
            route.source = *address;
    });
    return route;
}

std::string routeProblem(const DeviceId& device, const IpAddress& destination, int problem)
{
    const std::string start
        = "There is no way from " + device.name + " to " + toText(destination) + ": ";
    switch (problem) {
    case ENETUNREACH:
    case EHOSTUNREACH:
        return start
            + "the routing table has no route that fits. Give the device an address in the same "
              "network, or a default route.";
    case ENETDOWN:
        return start + device.name + " is down.";
    case ENODEV:
    case ENXIO:
        return start + device.name + " is gone.";
    }
    return start + std::strerror(problem) + ".";
}

} // namespace

Result<Route> findRoute(const DeviceId& device, const IpAddress& destination)
{
    Request request(RTM_GETROUTE);
    auto& body = request.body<rtmsg>();
    body.rtm_family = family(destination);
    body.rtm_dst_len = body.rtm_family == AF_INET ? 32 : 128;
    putAddress(request.header, RTA_DST, destination);
    if (device.index != 0)
        mnl_attr_put_u32(request.header, RTA_OIF, device.index);
    std::optional<Route> route;
    const int problem
        = NetlinkSocket().ask(request.header, [&route, &destination](const nlmsghdr* message) {
              if (message->nlmsg_type == RTM_NEWROUTE)
                  route = readRoute(message, destination);
          });
    if (problem != 0 || !route)
        return failure(routeProblem(device, destination, problem));
    return *route;
}

std::optional<MacAddress> neighbourTableEntry(const DeviceId& device, const IpAddress& address)
{
    constexpr std::uint16_t usable
        = NUD_REACHABLE | NUD_STALE | NUD_DELAY | NUD_PROBE | NUD_PERMANENT;
    Request request(RTM_GETNEIGH);
    auto& body = request.body<ndmsg>();
    body.ndm_family = family(address);
    body.ndm_ifindex = static_cast<int>(device.index);
    putAddress(request.header, NDA_DST, address);
    std::optional<MacAddress> mac;
    NetlinkSocket().ask(request.header, [&mac](const nlmsghdr* message) {
        const auto* entry = static_cast<const ndmsg*>(mnl_nlmsg_get_payload(message));
        if (message->nlmsg_type != RTM_NEWNEIGH || !(entry->ndm_state & usable))
            return;
        forEachAttribute(message, sizeof(ndmsg), [&mac](const nlattr* attribute) {
            MacAddress found;
            if (mnl_attr_get_type(attribute) != NDA_LLADDR
                || mnl_attr_get_payload_len(attribute) != found.octets.size())
                return;
            std::memcpy(found.octets.data(), mnl_attr_get_payload(attribute), found.octets.size());
            mac = found;
        });
    });
    return mac;
}

} // namespace tcpw
