// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/sender.h"

#include "lab/lab.h"

#include <random>

namespace tcpw {

namespace {

template <typename T> std::optional<T> firstAddress(const Device& device)
{
    std::optional<T> linkLocal;
    for (const DeviceAddress& entry : device.addresses) {
        const T* address = std::get_if<T>(&entry.address);
        if (!address)
            continue;
        if constexpr (std::is_same_v<T, Ipv6Address>) {
            if (address->octets[0] == 0xfe && (address->octets[1] & 0xc0) == 0x80) {
                linkLocal = linkLocal ? linkLocal : *address;
                continue;
            }
        }
        return *address;
    }
    return linkLocal;
}

} // namespace

std::uint32_t newSequenceNumber()
{
    static thread_local std::random_device device;
    return device();
}

PlaceholderSource placeholderSource(
    const Device& device, NextValues next, std::optional<MacAddress> peerMac)
{
    PlaceholderSource source;
    source.deviceMac = device.mac;
    source.deviceIpv4 = firstAddress<Ipv4Address>(device);
    source.deviceIpv6 = firstAddress<Ipv6Address>(device);
    if (device.lab) {
        source.peerIpv4 = labAddress::far4;
        source.peerIpv6 = labAddress::far6;
    }
    source.peerMac = [peerMac](const IpAddress&) -> Result<MacAddress> {
        return peerMac.value_or(MacAddress{});
    };
    source.newPort = [port = next.port]() -> Result<std::uint16_t> {
        return port;
    };
    source.newSequence = [number = next.sequenceNumber] {
        return number;
    };
    return source;
}

Result<Packet> resolveForSending(
    Backend& backend, const Device& device, const Draft& draft, NextValues next)
{
    PlaceholderSource source = placeholderSource(device, next);
    source.peerMac = [&](const IpAddress& destination) {
        return backend.findNeighbour(device.id, destination);
    };
    source.newPort = [&]() -> Result<std::uint16_t> {
        if (next.port != 0)
            return next.port;
        return backend.newPort();
    };
    return resolve(draft, source);
}

std::optional<IpAddress> destinationOf(const Packet& packet)
{
    for (const Layer& layer : packet.layers) {
        if (const auto* ipv4 = std::get_if<Ipv4Header>(&layer))
            return ipv4->destination;
        if (const auto* ipv6 = std::get_if<Ipv6Header>(&layer))
            return ipv6->destination;
    }
    return {};
}

std::optional<GuardRequest> guardFor(const Device& device, const Packet& packet)
{
    std::optional<IpAddress> source;
    for (const Layer& layer : packet.layers) {
        if (const auto* ipv4 = std::get_if<Ipv4Header>(&layer); ipv4 && !source)
            source = ipv4->source;
        if (const auto* ipv6 = std::get_if<Ipv6Header>(&layer); ipv6 && !source)
            source = ipv6->source;
        if (const auto* tcp = std::get_if<TcpHeader>(&layer); tcp && source)
            return GuardRequest{*source, tcp->sourcePort, device.id.index};
    }
    return {};
}

Result<void> sendPacket(Backend& backend, const Device& device, const Packet& packet)
{
    if (!device.injectProblem.empty())
        return failure(device.injectProblem);
    const auto report = backend.send(device.id, {encode(packet)});
    if (!report)
        return tl::unexpected<Error>(report.error());
    if (report->failed > 0)
        return failure(report->firstProblem);
    return {};
}

} // namespace tcpw
