// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/draft.h"

#include "templates/placeholders.h"

namespace tcpw {

Result<Placeholder> placeholderFor(const Field& field, std::string_view text)
{
    const auto placeholder = parsePlaceholder(text);
    if (placeholder && placeholderFits(*placeholder, field))
        return *placeholder;

    std::string fitting;
    for (const Placeholder candidate : allPlaceholders)
        if (placeholderFits(candidate, field))
            fitting += (fitting.empty() ? "" : " or ") + placeholderText(candidate);
    return failure("\"" + std::string(text.substr(0, 40)) + "\" is not a value for this field"
        + (fitting.empty() ? "; no placeholder is." : "; what fits is " + fitting + "."));
}

bool mayHoldPlaceholder(const Field& field)
{
    switch (field.kind) {
    case FieldKind::text:
    case FieldKind::bytes:
    case FieldKind::tcpOptions:
    case FieldKind::ipv4Options:
        return false;
    default:
        return true;
    }
}

void putPlaceholder(Draft& draft, FieldPath path, Placeholder placeholder)
{
    Layer& layer = draft.packet.layers[path.layer];
    const Layer untouched = layerType(layer).make();
    // What is under a placeholder means nothing; one value for it keeps equal drafts equal.
    static_cast<void>(path.field->set(layer, path.field->get(untouched)));
    draft.placeholders[pathName(draft.packet, path)] = placeholder;
}

Result<void> setDraftField(Draft& draft, std::string_view path, std::string_view text)
{
    const auto found = findPath(draft.packet, path);
    if (!found) // a payload may be added
        return setField(draft.packet, path, text);
    const std::string name = pathName(draft.packet, *found);

    if (text.substr(0, 1) == "{" && mayHoldPlaceholder(*found->field)) {
        const auto placeholder = placeholderFor(*found->field, text);
        if (!placeholder)
            return failure(name + ": " + placeholder.error().message);
        putPlaceholder(draft, *found, *placeholder);
        return {};
    }
    if (auto set = setField(draft.packet, path, text); !set)
        return set;
    draft.placeholders.erase(name);
    return {};
}

Result<std::string> draftFieldText(const Draft& draft, std::string_view path)
{
    const auto found = findPath(draft.packet, path);
    if (!found)
        return tl::unexpected(found.error());
    const auto held = draft.placeholders.find(pathName(draft.packet, *found));
    if (held != draft.placeholders.end())
        return placeholderText(held->second);
    return fieldText(draft.packet, path);
}

} // namespace tcpw
