// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/overwrite.h"

#include "templates/placeholders.h"

#include <algorithm>

namespace tcpw {

namespace {

bool isEmpty(const FieldValue& value)
{
    return std::holds_alternative<std::monostate>(value);
}

/// Lets a field that kept its value be whose it was.
void keepOwner(const Draft& draft, Draft& next, FieldPath path)
{
    const auto held = draft.placeholders.find(pathName(draft.packet, path));
    if (held != draft.placeholders.end()) {
        putPlaceholder(next, path, held->second);
        return;
    }
    const Field& field = *path.field;
    if (!field.computed)
        return;
    const FieldValue owned = field.get(draft.packet.layers[path.layer]);
    // What an automatic length or type would be may depend on what was typed; those bytes stay.
    if (!isEmpty(owned) || isChecksum(field))
        static_cast<void>(field.set(next.packet.layers[path.layer], owned));
}

} // namespace

Draft overwritten(const Draft& draft, const Packet& resolved, ByteView bytes)
{
    Draft next;
    next.packet = decode(bytes, draft.packet.linkType);
    const Packet before = completed(resolved);
    const Packet after = completed(next.packet);
    const std::size_t count = std::min(before.layers.size(), after.layers.size());
    for (std::size_t at = 0; at < count; ++at) {
        if (before.layers[at].index() != after.layers[at].index())
            break;
        for (const Field& field : layerType(before.layers[at]).fields)
            if (field.get(before.layers[at]) == field.get(after.layers[at]))
                keepOwner(draft, next, {at, &field});
    }
    return next;
}

} // namespace tcpw
