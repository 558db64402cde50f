// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/neighbours.h"

#include "link/devicelist.h"
#include "link/deviceproblems.h"
#include "link/neighbourprobe.h"
#include "link/route.h"

#include <cstdio>

namespace tcpw {

namespace {

bool isLimitedBroadcast(const IpAddress& address)
{
    const auto* four = std::get_if<Ipv4Address>(&address);
    return four && four->value == 0xffffffff;
}

bool isGroup(const IpAddress& address)
{
    return isMulticast(address) || isLimitedBroadcast(address);
}

bool isUnspecified(const IpAddress& address)
{
    return address == IpAddress(Ipv4Address{}) || address == IpAddress(Ipv6Address{});
}

std::string protocolName(const IpAddress& address)
{
    return std::holds_alternative<Ipv4Address>(address) ? "ARP" : "neighbour solicitation";
}

/// Why nobody can be asked on this device; "" when somebody can.
std::string askProblem(const Device& device, const IpAddress& destination)
{
    if (isUnspecified(destination))
        return toText(destination) + " stands for no machine, so it has no MAC address.";
    if (device.id.index == 0)
        return anyInjectSentence();
    if (device.loopback || device.linkType != LinkType::ethernet)
        return device.id.name + " has no neighbours with MAC addresses.";
    if (const auto verified = verifyDevice(device.id); !verified)
        return verified.error().message;
    return {};
}

std::string localSentence(const IpAddress& destination)
{
    return toText(destination)
        + " is this machine's own address: a packet to it does not leave by a device.";
}

std::string silenceSentence(const Device& device, const IpAddress& destination, const NextHop& hop)
{
    const std::string who = hop.onLink
        ? toText(destination) + " should be on this link"
        : toText(destination) + " is reached by the router " + toText(hop.address);
    return who + ", but nobody answers " + protocolName(hop.address) + " for "
        + (hop.onLink ? "it" : "that router") + " on " + device.id.name
        + ". Look whether it is switched on, in the same network, and addressed like that.";
}

std::string neighbourSentence(
    const IpAddress& destination, const NextHop& hop, const MacAddress& mac)
{
    if (hop.onLink)
        return toText(destination) + " is on this link and answers " + protocolName(hop.address)
            + " from " + toText(mac) + ".";
    return toText(destination) + " is reached by the router " + toText(hop.address)
        + ", which answers " + protocolName(hop.address) + " from " + toText(mac) + ".";
}

std::string milliseconds(double value)
{
    char text[32] = "";
    std::snprintf(text, sizeof text, value < 1 ? "%.2f" : "%.1f", value);
    // The locale may have written a comma.
    for (char& each : text)
        each = each == ',' ? '.' : each;
    return std::string(text) + " ms";
}

/// Asks for an echo and adds what came of it.
void addEcho(const Device& device, const IpAddress& destination, Reachability& found)
{
    const auto source = sourceFor(device, destination);
    if (!source) {
        found.words += " It was not asked for an ICMP echo, as " + device.id.name
            + " has no address to ask from.";
        return;
    }
    const auto echo = askEcho(device, *source, destination, found.neighbour);
    if (!echo) {
        found.words += " It could not be asked for an ICMP echo. " + echo.error().message;
    } else if (*echo) {
        found.echoAnswers = true;
        found.roundTripMilliseconds = **echo;
        found.words += " It answers ICMP echo in " + milliseconds(**echo) + ".";
    } else {
        found.words += " It does not answer ICMP echo, which many machines are set not to do.";
    }
}

Result<Reachability> checkGroup(const IpAddress& destination)
{
    Reachability found;
    found.onLink = true;
    found.nextHop = destination;
    found.neighbour = groupMac(destination);
    found.words = toText(destination)
        + (isLimitedBroadcast(destination) ? " is the broadcast address"
                                           : " is a multicast address")
        + ": frames to it go to " + toText(found.neighbour)
        + " without asking. TCP has no connections with it.";
    return found;
}

} // namespace

Result<NextHop> nextHop(const DeviceId& device, const IpAddress& destination)
{
    if (isGroup(destination))
        return NextHop{destination, true};
    const auto route = findRoute(device, destination);
    if (!route)
        return failure(route.error().message);
    return route->hop;
}

Result<MacAddress> findNeighbour(const Device& device, const IpAddress& destination)
{
    if (const std::string problem = askProblem(device, destination); !problem.empty())
        return failure(problem);
    if (isGroup(destination))
        return groupMac(destination);
    const auto route = findRoute(device.id, destination);
    if (!route)
        return failure(route.error().message);
    if (route->kind == Route::Kind::broadcast)
        return MacAddress{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};
    if (route->kind == Route::Kind::local)
        return failure(localSentence(destination));
    if (const auto known = neighbourTableEntry(device.id, route->hop.address))
        return *known;
    const auto answer = askNeighbour(device, route->hop.address);
    if (!answer)
        return failure(answer.error().message);
    if (!*answer)
        return failure(silenceSentence(device, destination, route->hop));
    return **answer;
}

Result<Reachability> checkReachability(const Device& device, const IpAddress& destination)
{
    if (const std::string problem = askProblem(device, destination); !problem.empty())
        return failure(problem);
    if (isGroup(destination))
        return checkGroup(destination);
    const auto route = findRoute(device.id, destination);
    if (!route)
        return failure(route.error().message);
    if (route->kind == Route::Kind::local)
        return failure(localSentence(destination));
    if (route->kind == Route::Kind::broadcast)
        return checkGroup(Ipv4Address{0xffffffff});

    const auto answer = askNeighbour(device, route->hop.address);
    if (!answer)
        return failure(answer.error().message);
    Reachability found;
    found.onLink = route->hop.onLink;
    found.nextHop = route->hop.address;
    found.neighbourAnswers = answer->has_value();
    if (!found.neighbourAnswers) {
        found.words = silenceSentence(device, destination, route->hop);
        return found;
    }
    found.neighbour = **answer;
    found.words = neighbourSentence(destination, route->hop, found.neighbour);
    addEcho(device, destination, found);
    return found;
}

} // namespace tcpw
