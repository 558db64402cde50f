// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/endpoints.h"
#include "templates/jsonnode.h"
#include "templates/placeholders.h"
#include "templates/template.h"

namespace tcpw {

namespace {

/// The field's value as JSON: numbers and flags as they are, everything else as a text in quotes.
std::string jsonValue(const Field& field, const FieldValue& value)
{
    const auto* const number = std::get_if<std::uint64_t>(&value);
    if (number && field.kind == FieldKind::number)
        return std::to_string(*number);
    if (number && field.kind == FieldKind::flag)
        return *number != 0 ? "true" : "false";
    return jsonQuoted(formatValue(field, value));
}

/// One layer with the fields that differ from what reading it without them gives. Endpoints are
/// always stated, so that a template opened over another form is the packet that was saved.
std::string layerJson(const Draft& draft, std::size_t index)
{
    const Layer& layer = draft.packet.layers[index];
    const LayerType& type = layerType(layer);
    const Layer untouched = type.make();

    std::string json = "    {\n      \"layer\": " + jsonQuoted(type.name);
    const auto add = [&json](const Field& field, const std::string& value) {
        json += std::string(",\n      \"") + field.name + "\": " + value;
    };
    for (const Field& field : type.fields) {
        const FieldPath path{index, &field};
        const auto held = draft.placeholders.find(pathName(draft.packet, path));
        const FieldValue value = field.get(layer);
        if (held != draft.placeholders.end())
            add(field, jsonQuoted(placeholderText(held->second)));
        else if (value != field.get(untouched) || isEndpoint(draft.packet, path))
            add(field, jsonValue(field, value));
    }
    return json + "\n    }";
}

std::string packetJson(const Draft& draft)
{
    std::string json;
    for (std::size_t i = 0; i < draft.packet.layers.size(); ++i)
        json += (i == 0 ? "\n" : ",\n") + layerJson(draft, i);
    return json.empty() ? "[]" : "[" + json + "\n  ]";
}

/// Members of another version, as they were written there.
std::string unknownMembers(const std::string& unknown)
{
    std::string json;
    const auto root = parseJson(unknown);
    if (!root)
        return json;
    for (const JsonNode& member : root->items)
        json += ",\n  " + jsonQuoted(member.key) + ": "
            + unknown.substr(member.begin, member.end - member.begin);
    return json;
}

} // namespace

std::string writeTemplate(const Template& from)
{
    std::string json = "{\n  \"format\": 1";
    const auto add = [&json](const char* name, const std::string& value) {
        json += std::string(",\n  \"") + name + "\": " + value;
    };
    const auto addText = [&add](const char* name, const std::string& text) {
        if (!text.empty())
            add(name, jsonQuoted(text));
    };
    addText("name", from.name);
    addText("group", from.group);
    addText("before", from.before);
    addText("shows", from.shows);
    addText("expects", from.expects);
    if (from.draft.packet.linkType != LinkType::ethernet)
        add("linkType", std::to_string(static_cast<unsigned>(from.draft.packet.linkType)));
    add("packet", packetJson(from.draft));
    return json + unknownMembers(from.unknown) + "\n}\n";
}

} // namespace tcpw
