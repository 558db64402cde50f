// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/layeroperations.h"

#include "templates/endpoints.h"

#include <algorithm>

namespace tcpw {

namespace {

/// A placeholder by its place instead of its path, which changes with the stack.
struct HeldPlaceholder
{
    FieldPath where;
    Placeholder placeholder;
};

std::vector<HeldPlaceholder> takePlaceholders(Draft& draft)
{
    std::vector<HeldPlaceholder> held;
    for (const auto& [path, placeholder] : draft.placeholders)
        if (const Result<FieldPath> where = findPath(draft.packet, path))
            held.push_back({*where, placeholder});
    draft.placeholders.clear();
    return held;
}

void putPlaceholders(Draft& draft, const std::vector<HeldPlaceholder>& held)
{
    for (const HeldPlaceholder& one : held)
        draft.placeholders[pathName(draft.packet, one.where)] = one.placeholder;
}

void insertLayer(Draft& draft, std::size_t at, Layer layer)
{
    std::vector<HeldPlaceholder> held = takePlaceholders(draft);
    draft.packet.layers.insert(draft.packet.layers.begin() + std::ptrdiff_t(at), std::move(layer));
    for (HeldPlaceholder& one : held)
        if (one.where.layer >= at)
            ++one.where.layer;
    putPlaceholders(draft, held);
}

template <typename... Types> std::size_t behindLast(const Packet& packet)
{
    std::size_t place = 0;
    for (std::size_t i = 0; i < packet.layers.size(); ++i)
        if ((std::holds_alternative<Types>(packet.layers[i]) || ...))
            place = i + 1;
    return place;
}

template <typename Type> std::optional<std::size_t> indexOf(const Packet& packet)
{
    const auto found = std::ranges::find_if(
        packet.layers, [](const Layer& layer) { return std::holds_alternative<Type>(layer); });
    if (found == packet.layers.end())
        return {};
    return std::size_t(found - packet.layers.begin());
}

/// Where a further header of IPv6 goes: behind the header itself and those that follow it.
std::size_t extensionPlace(const Packet& packet)
{
    return behindLast<Ipv6Header, Ipv6Extension, Ipv6Fragment>(packet);
}

/// Before the payload and what follows it.
std::size_t endOfHeaders(const Packet& packet)
{
    const auto found = std::ranges::find_if(packet.layers, [](const Layer& layer) {
        return std::holds_alternative<Payload>(layer) || std::holds_alternative<Trailer>(layer);
    });
    return std::size_t(found - packet.layers.begin());
}

std::size_t insertAt(Draft& draft, std::size_t at, Layer layer)
{
    insertLayer(draft, at, std::move(layer));
    return at;
}

void useAddressesOfDevice(Draft& draft, std::size_t at, bool version6)
{
    for (const char* name : {"source", "destination"}) {
        const bool source = std::string_view(name) == "source";
        const Field* field = findField(layerType(draft.packet.layers[at]), name);
        const std::string path = pathName(draft.packet, {at, field});
        const Placeholder placeholder = version6
            ? (source ? Placeholder::deviceIpv6 : Placeholder::peerIpv6)
            : (source ? Placeholder::deviceIpv4 : Placeholder::peerIpv4);
        draft.placeholders[path] = placeholder;
    }
}

std::size_t exchangeForIpv6(Draft& draft)
{
    const std::size_t at = *indexOf<Ipv4Header>(draft.packet);
    const Ipv4Header old = std::get<Ipv4Header>(draft.packet.layers[at]);
    removeLayer(draft, at);
    Ipv6Header header;
    header.dscp = old.dscp;
    header.ecn = old.ecn;
    header.hopLimit = old.timeToLive;
    insertLayer(draft, at, header);
    useAddressesOfDevice(draft, at, true);
    return at;
}

std::size_t exchangeForIpv4(Draft& draft)
{
    const std::size_t at = *indexOf<Ipv6Header>(draft.packet);
    const Ipv6Header old = std::get<Ipv6Header>(draft.packet.layers[at]);
    removeLayer(draft, at);
    while (at < draft.packet.layers.size()
        && (std::holds_alternative<Ipv6Extension>(draft.packet.layers[at])
            || std::holds_alternative<Ipv6Fragment>(draft.packet.layers[at])))
        removeLayer(draft, at);
    Ipv4Header header;
    header.dscp = old.dscp;
    header.ecn = old.ecn;
    header.timeToLive = old.hopLimit;
    insertLayer(draft, at, header);
    useAddressesOfDevice(draft, at, false);
    return at;
}

} // namespace

bool isPossible(const Packet& packet, LayerOperation operation)
{
    switch (operation) {
    case LayerOperation::addVlanTag:
        return packet.find<EthernetHeader>() != nullptr;
    case LayerOperation::addExtension:
    case LayerOperation::addFragment:
        return packet.find<Ipv6Header>() != nullptr;
    case LayerOperation::addTcp:
        return !packet.find<TcpHeader>() && !packet.find<ArpPacket>();
    case LayerOperation::addPayload:
        return !packet.find<Payload>() && !packet.find<Rest>();
    case LayerOperation::addTrailer:
        return !packet.find<Trailer>();
    case LayerOperation::useIpv4:
        return packet.find<Ipv6Header>() && !packet.find<Ipv4Header>();
    case LayerOperation::useIpv6:
        return packet.find<Ipv4Header>() && !packet.find<Ipv6Header>();
    case LayerOperation::swapEnds:
        return std::ranges::any_of(endpointFields(), [&packet](const EndpointField& endpoint) {
            return findEndpoint(packet, endpoint).has_value();
        });
    }
    return false;
}

std::optional<std::size_t> apply(Draft& draft, LayerOperation operation)
{
    if (!isPossible(draft.packet, operation))
        return {};
    switch (operation) {
    case LayerOperation::addVlanTag:
        return insertAt(
            draft, behindLast<EthernetHeader, VlanTag>(draft.packet), VlanTag{0, false, 1, {}});
    case LayerOperation::addExtension:
        return insertAt(draft, extensionPlace(draft.packet), Ipv6Extension{60, {}, {}, Bytes(6)});
    case LayerOperation::addFragment:
        return insertAt(draft, extensionPlace(draft.packet), Ipv6Fragment{});
    case LayerOperation::addTcp:
        return insertAt(draft, endOfHeaders(draft.packet), TcpHeader{});
    case LayerOperation::addPayload: {
        const std::optional<std::size_t> trailer = indexOf<Trailer>(draft.packet);
        const std::string_view text = "hello";
        return insertAt(draft, trailer.value_or(draft.packet.layers.size()),
            Payload{Bytes(text.begin(), text.end())});
    }
    case LayerOperation::addTrailer:
        return insertAt(draft, draft.packet.layers.size(), Trailer{Bytes(6)});
    case LayerOperation::useIpv4:
        return exchangeForIpv4(draft);
    case LayerOperation::useIpv6:
        return exchangeForIpv6(draft);
    case LayerOperation::swapEnds:
        swapEnds(draft);
        return 0;
    }
    return {};
}

bool isRemovable(const Packet& packet, std::size_t layer)
{
    return layer > 0 && layer < packet.layers.size();
}

void removeLayer(Draft& draft, std::size_t layer)
{
    std::vector<HeldPlaceholder> held = takePlaceholders(draft);
    draft.packet.layers.erase(draft.packet.layers.begin() + std::ptrdiff_t(layer));
    std::erase_if(held, [layer](const HeldPlaceholder& one) { return one.where.layer == layer; });
    for (HeldPlaceholder& one : held)
        if (one.where.layer > layer)
            --one.where.layer;
    putPlaceholders(draft, held);
}

} // namespace tcpw
