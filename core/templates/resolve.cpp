// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/draft.h"

#include <algorithm>

namespace tcpw {

namespace {

/// The address that the packet goes to: of its outermost IP header, else the one ARP asks about.
std::optional<IpAddress> destinationOf(const Packet& packet)
{
    for (const Layer& layer : packet.layers) {
        if (const auto* ipv4 = std::get_if<Ipv4Header>(&layer))
            return ipv4->destination;
        if (const auto* ipv6 = std::get_if<Ipv6Header>(&layer))
            return ipv6->destination;
        if (const auto* arp = std::get_if<ArpPacket>(&layer))
            return arp->targetProtocol;
    }
    return {};
}

std::optional<IpAddress> sourceOf(const Packet& packet)
{
    for (const Layer& layer : packet.layers) {
        if (const auto* ipv4 = std::get_if<Ipv4Header>(&layer))
            return ipv4->source;
        if (const auto* ipv6 = std::get_if<Ipv6Header>(&layer))
            return ipv6->source;
    }
    return {};
}

/// Gives one packet its values: a new port or sequence number is the same wherever it stands.
class Resolver
{
public:
    Resolver(const Draft& draft, const PlaceholderSource& source)
        : m_packet(draft.packet)
        , m_placeholders(draft.placeholders)
        , m_source(source)
    {
    }

    Result<Packet> run()
    {
        // The peer's MAC address last: it is asked for by the destination.
        for (const bool peerMac : {false, true})
            for (const auto& [path, placeholder] : m_placeholders)
                if ((placeholder == Placeholder::peerMac) == peerMac)
                    if (auto done = fill(path, placeholder); !done)
                        return tl::unexpected(done.error());
        return std::move(m_packet);
    }

private:
    Result<void> fill(const std::string& path, Placeholder placeholder)
    {
        const auto found = findPath(m_packet, path);
        if (!found)
            return {}; // its layer has been taken out of the packet
        const auto value = valueOf(placeholder);
        if (!value)
            return failure(path + value.error().message);
        return found->field->set(m_packet.layers[found->layer], *value);
    }

    /// The error's sentence follows the path of the field.
    Result<FieldValue> valueOf(Placeholder placeholder)
    {
        const auto orFailure = [](const auto& value, const char* sentence) -> Result<FieldValue> {
            if (!value)
                return failure(sentence);
            return FieldValue(*value);
        };
        switch (placeholder) {
        case Placeholder::deviceMac:
            return FieldValue(m_source.deviceMac);
        case Placeholder::deviceIpv4:
            return orFailure(m_source.deviceIpv4,
                " has no value: this device has no IPv4 address. Set the source address.");
        case Placeholder::deviceIpv6:
            return orFailure(m_source.deviceIpv6,
                " has no value: this device has no IPv6 address. Set the source address.");
        case Placeholder::peerIpv4:
            return orFailure(
                m_source.peerIpv4, " has no value on this device: set the destination address.");
        case Placeholder::peerIpv6:
            return orFailure(
                m_source.peerIpv6, " has no value on this device: set the destination address.");
        case Placeholder::peerMac:
            return peerMac();
        case Placeholder::newPort:
            return newPort();
        case Placeholder::newSequence:
            return newSequence();
        }
        return failure(" has no value.");
    }

    /// True when the ends are swapped: the packet goes to this very device.
    bool goesToDevice() const
    {
        return std::ranges::any_of(m_placeholders, [](const auto& held) {
            const bool isDevice
                = held.second == Placeholder::deviceIpv4 || held.second == Placeholder::deviceIpv6;
            return isDevice && held.first.ends_with(".destination");
        });
    }

    Result<FieldValue> peerMac() const
    {
        const auto destination = goesToDevice() ? sourceOf(m_packet) : destinationOf(m_packet);
        if (!destination)
            return failure(" has no value: the packet has no IP destination whose MAC address could"
                           " be found. Set the MAC address.");
        if (!m_source.peerMac)
            return failure(" has no value here: set the MAC address.");
        const auto mac = m_source.peerMac(*destination);
        if (!mac)
            return failure(" has no value: " + mac.error().message);
        return FieldValue(*mac);
    }

    Result<FieldValue> newPort()
    {
        if (!m_port) {
            if (!m_source.newPort)
                return failure(" has no value here: set the port.");
            const auto port = m_source.newPort();
            if (!port)
                return failure(" has no value: " + port.error().message);
            m_port = *port;
        }
        return FieldValue(std::uint64_t(*m_port));
    }

    Result<FieldValue> newSequence()
    {
        if (!m_sequence) {
            if (!m_source.newSequence)
                return failure(" has no value here: set the sequence number.");
            m_sequence = m_source.newSequence();
        }
        return FieldValue(std::uint64_t(*m_sequence));
    }

    Packet m_packet;
    const std::map<std::string, Placeholder>& m_placeholders;
    const PlaceholderSource& m_source;
    std::optional<std::uint16_t> m_port;
    std::optional<std::uint32_t> m_sequence;
};

} // namespace

Result<Packet> resolve(const Draft& draft, const PlaceholderSource& source)
{
    return Resolver(draft, source).run();
}

} // namespace tcpw
