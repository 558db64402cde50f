// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/fields.h"

namespace tcpw {

/// The text of a Rest that the field stands for: nobody edits it, but a template keeps it.
/// Null for every other field.
inline std::string* restText(Layer& layer, const Field& field)
{
    Rest* const rest = std::get_if<Rest>(&layer);
    if (!rest || field.kind != FieldKind::text)
        return nullptr;
    return field.name == std::string_view("wanted") ? &rest->wanted : &rest->why;
}

} // namespace tcpw
