// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fields.h"
#include "packet/numbers.h"

namespace tcpw {

namespace {

constexpr std::string_view payloadName = "payload";

/// A path taken apart: LAYER, LAYER.FIELD or LAYER[INDEX].FIELD.
struct PathParts
{
    std::string_view layer;
    std::size_t index = 0; ///< among the layers of that name
    std::string_view field; ///< empty when the path is a layer's name alone
};

std::optional<PathParts> splitPath(std::string_view path)
{
    PathParts parts;
    const std::size_t dot = path.find('.');
    parts.layer = path.substr(0, dot);
    if (dot != std::string_view::npos)
        parts.field = path.substr(dot + 1);
    const std::size_t bracket = parts.layer.find('[');
    if (bracket == std::string_view::npos)
        return parts;
    std::string_view inside = parts.layer.substr(bracket + 1);
    parts.layer = parts.layer.substr(0, bracket);
    if (!inside.ends_with(']'))
        return std::nullopt;
    inside.remove_suffix(1);
    const auto index = parseNumber(inside, 0xffff);
    if (!index)
        return std::nullopt;
    parts.index = *index;
    return parts;
}

std::optional<std::size_t> findLayer(const Packet& packet, const PathParts& parts)
{
    std::size_t seen = 0;
    for (std::size_t i = 0; i < packet.layers.size(); ++i)
        if (layerType(packet.layers[i]).name == parts.layer && seen++ == parts.index)
            return i;
    return std::nullopt;
}

std::string quoted(std::string_view text)
{
    return '"' + std::string(text.substr(0, 60)) + '"';
}

/// The layers of the packet by the names that paths use: "ethernet, ipv4 and tcp".
std::string layerNames(const Packet& packet)
{
    std::string names;
    for (std::size_t i = 0; i < packet.layers.size(); ++i) {
        if (i > 0)
            names += i + 1 == packet.layers.size() ? " and " : ", ";
        const std::string path = pathName(packet, {i, nullptr});
        names += path;
    }
    return names;
}

std::string fieldNames(const LayerType& type)
{
    std::string names;
    for (const Field& field : type.fields)
        names += (names.empty() ? "" : ", ") + std::string(field.name);
    return names;
}

tl::unexpected<Error> noSuchLayer(const Packet& packet, std::string_view path)
{
    if (packet.layers.empty())
        return failure("There is no " + quoted(path) + ": the packet has no layers.");
    return failure(
        "There is no " + quoted(path) + ": the packet has the layers " + layerNames(packet) + ".");
}

/// "vlan[1]" where there are several, else "vlan".
std::string layerPath(const Packet& packet, std::size_t index)
{
    const std::size_t kind = packet.layers[index].index();
    std::size_t before = 0;
    std::size_t all = 0;
    for (std::size_t i = 0; i < packet.layers.size(); ++i) {
        if (packet.layers[i].index() != kind)
            continue;
        ++all;
        before += i < index ? 1 : 0;
    }
    const std::string name = layerType(packet.layers[index]).name;
    return all > 1 ? name + '[' + std::to_string(before) + ']' : name;
}

void addPayload(Packet& packet)
{
    auto place = packet.layers.end();
    while (place != packet.layers.begin() && std::holds_alternative<Trailer>(*(place - 1)))
        --place;
    packet.layers.insert(place, Payload());
}

} // namespace

Result<FieldPath> findPath(const Packet& packet, std::string_view path)
{
    const auto parts = splitPath(path);
    if (!parts)
        return failure(quoted(path)
            + " is no path to a field; one looks like tcp.checksum or "
              "vlan[1].identifier.");
    const auto index = findLayer(packet, *parts);
    if (!index)
        return noSuchLayer(packet, path);
    const LayerType& type = layerType(packet.layers[*index]);
    const bool alone = parts->field.empty() && path.find('.') == std::string_view::npos;
    if (alone && type.fields.size() == 1)
        return FieldPath{*index, type.fields.data()};
    const Field* field = findField(type, parts->field);
    if (!field)
        return failure("There is no " + quoted(path) + ": " + type.name + " has the fields "
            + fieldNames(type) + ".");
    return FieldPath{*index, field};
}

std::string pathName(const Packet& packet, FieldPath path)
{
    const std::string layer = layerPath(packet, path.layer);
    if (!path.field || layerType(packet.layers[path.layer]).fields.size() == 1)
        return layer;
    return layer + '.' + path.field->name;
}

Result<void> setField(Packet& packet, std::string_view path, std::string_view text)
{
    if (path == payloadName && !packet.find<Payload>()) {
        Packet with = packet;
        addPayload(with);
        const auto result = setField(with, path, text);
        if (result)
            packet = std::move(with);
        return result;
    }
    const auto found = findPath(packet, path);
    if (!found)
        return tl::unexpected(found.error());
    const auto value = parseValue(*found->field, text);
    if (!value)
        return tl::unexpected(value.error());
    return found->field->set(packet.layers[found->layer], *value);
}

Result<std::string> fieldText(const Packet& packet, std::string_view path)
{
    const auto found = findPath(packet, path);
    if (!found)
        return tl::unexpected(found.error());
    return formatValue(*found->field, found->field->get(packet.layers[found->layer]));
}

BitRange bitRange(const Packet& packet, FieldPath path)
{
    if (!path.field || path.layer >= packet.layers.size() || path.field->bitOffset == notOnTheWire)
        return {};
    const Extent extent = layout(packet)[path.layer];
    const std::size_t begin = extent.offset * 8 + path.field->bitOffset;
    const std::size_t end = (extent.offset + extent.length) * 8;
    return {begin, path.field->bitWidth == 0 ? end - begin : path.field->bitWidth};
}

} // namespace tcpw
