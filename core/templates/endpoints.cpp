// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/endpoints.h"

#include "templates/placeholders.h"
#include "templates/template.h"

#include <algorithm>
#include <array>

namespace tcpw {

namespace {

constexpr std::uint16_t tutorialPort = 8081; // the lab's far end listens on it

/// By pairs: both ends of a layer, one after the other.
constexpr std::array endpoints{
    EndpointField{"ethernet", "destination", Placeholder::peerMac},
    EndpointField{"ethernet", "source", Placeholder::deviceMac},
    EndpointField{"ipv4", "source", Placeholder::deviceIpv4},
    EndpointField{"ipv4", "destination", Placeholder::peerIpv4},
    EndpointField{"ipv6", "source", Placeholder::deviceIpv6},
    EndpointField{"ipv6", "destination", Placeholder::peerIpv6},
    EndpointField{"tcp", "sourcePort", Placeholder::newPort},
    EndpointField{"tcp", "destinationPort", {}},
    EndpointField{"udp", "sourcePort", Placeholder::newPort},
    EndpointField{"udp", "destinationPort", {}},
};

/// Copies one field, value or placeholder, from a draft to another.
void copyField(const Draft& from, FieldPath source, Draft& to, FieldPath target)
{
    const auto held = from.placeholders.find(pathName(from.packet, source));
    if (held != from.placeholders.end()) {
        putPlaceholder(to, target, held->second);
        return;
    }
    const FieldValue value = source.field->get(from.packet.layers[source.layer]);
    if (target.field->set(to.packet.layers[target.layer], value))
        to.placeholders.erase(pathName(to.packet, target));
}

} // namespace

std::span<const EndpointField> endpointFields()
{
    return endpoints;
}

std::optional<FieldPath> findEndpoint(const Packet& packet, const EndpointField& endpoint)
{
    const auto layer = std::ranges::find_if(packet.layers, [&](const Layer& candidate) {
        return layerType(candidate).name == std::string_view(endpoint.layer);
    });
    if (layer == packet.layers.end())
        return {};
    return FieldPath{static_cast<std::size_t>(layer - packet.layers.begin()),
        findField(layerType(*layer), endpoint.field)};
}

bool isEndpoint(const Packet& packet, FieldPath path)
{
    return std::ranges::any_of(endpoints, [&](const EndpointField& endpoint) {
        const auto found = findEndpoint(packet, endpoint);
        return found && found->layer == path.layer && found->field == path.field;
    });
}

void swapEnds(Draft& draft)
{
    const Draft before = draft;
    for (std::size_t i = 0; i + 1 < endpoints.size(); i += 2) {
        const auto one = findEndpoint(before.packet, endpoints[i]);
        const auto other = findEndpoint(before.packet, endpoints[i + 1]);
        if (!one || !other)
            continue;
        copyField(before, *one, draft, *other);
        copyField(before, *other, draft, *one);
    }
}

void setUsualEndpoint(Draft& draft, const EndpointField& endpoint)
{
    const auto path = findEndpoint(draft.packet, endpoint);
    if (!path)
        return;
    if (endpoint.usual)
        putPlaceholder(draft, *path, *endpoint.usual);
    else
        static_cast<void>(path->field->set(
            draft.packet.layers[path->layer], FieldValue(std::uint64_t(tutorialPort))));
}

Draft applyTemplate(const Template& from, const Draft& current)
{
    Draft applied = from.draft;
    for (const EndpointField& endpoint : endpoints) {
        const auto target = findEndpoint(applied.packet, endpoint);
        const auto source = findEndpoint(current.packet, endpoint);
        if (!target || !source)
            continue;
        const std::string name = pathName(applied.packet, *target);
        if (std::ranges::find(from.stated, name) == from.stated.end())
            copyField(current, *source, applied, *target);
    }
    return applied;
}

} // namespace tcpw
