// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/fieldstate.h"

#include "ui/fields/plaintext.h"

namespace tcpw {

namespace {

bool isAutomatic(const Packet& packet, FieldPath where)
{
    return where.field->computed
        && std::holds_alternative<std::monostate>(where.field->get(packet.layers[where.layer]));
}

const Placeholder* placeholderOf(const Draft& draft, const std::string& path)
{
    const auto found = draft.placeholders.find(path);
    return found == draft.placeholders.end() ? nullptr : &found->second;
}

/// The peer's MAC address is asked for at Send; before that it is all zero.
bool isKnown(Placeholder placeholder, const FieldValue& value)
{
    const MacAddress* mac = std::get_if<MacAddress>(&value);
    return placeholder != Placeholder::peerMac || !mac || *mac != MacAddress{};
}

FieldState::Kind ownKind(const DraftView& view, FieldPath where, const FieldState& state)
{
    if (isWrongOnPurpose(view.draft.packet, view.sent, where))
        return FieldState::Kind::ownWrong;
    const bool couldBeOther
        = where.field->computed || placeholderOf(view.base, pathName(view.draft.packet, where));
    return couldBeOther && state.canReset ? FieldState::Kind::own : FieldState::Kind::plain;
}

} // namespace

FieldValue computedValue(const Packet& sent, FieldPath where)
{
    Packet copy = sent;
    if (!where.field->set(copy.layers[where.layer], FieldValue()))
        return {};
    return where.field->get(completed(copy).layers[where.layer]);
}

bool isWrongOnPurpose(const Packet& packet, const Packet& sent, FieldPath where)
{
    if (!where.field->computed || isAutomatic(packet, where))
        return false;
    return computedValue(sent, where) != where.field->get(packet.layers[where.layer]);
}

std::string resetText(const Draft& draft, const Draft& base, FieldPath where)
{
    const std::string path = pathName(draft.packet, where);
    const Result<std::string> now = draftFieldText(draft, path);
    const Result<std::string> before = draftFieldText(base, path);
    const std::string target = where.field->computed ? "auto" : before.value_or("");
    return now && *now == target ? std::string() : target;
}

FieldState fieldState(const DraftView& view, FieldPath where)
{
    const Layer& layer = view.sent.layers[where.layer];
    const std::string path = pathName(view.draft.packet, where);
    FieldState state;
    state.value = where.field->get(layer);
    state.canReset = !resetText(view.draft, view.base, where).empty();
    if (const Placeholder* placeholder = placeholderOf(view.draft, path)) {
        state.kind = FieldState::Kind::placeholder;
        state.words = fromUtf8(placeholderWords(*placeholder));
        if (!view.resolved || !isKnown(*placeholder, state.value))
            state.value = {};
    } else if (isAutomatic(view.draft.packet, where)) {
        state.kind = FieldState::Kind::automatic;
    } else {
        state.kind = ownKind(view, where, state);
    }
    if (state.kind == FieldState::Kind::ownWrong)
        state.right = fromUtf8(formatValue(*where.field, computedValue(view.sent, where)));
    if (!std::holds_alternative<std::monostate>(state.value)) {
        state.text = fromUtf8(formatValue(*where.field, state.value));
        state.meaning = fromUtf8(meaning(layer, *where.field));
    }
    return state;
}

} // namespace tcpw
