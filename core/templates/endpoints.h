// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/draft.h"

#include <span>

namespace tcpw {

/// A field that says where a packet comes from or goes to. Only that of the first layer of its type
/// is an endpoint's; those of headers inside are not.
struct EndpointField
{
    const char* layer;
    const char* field;
    std::optional<Placeholder> usual; ///< what it holds where a template does not state it
};

std::span<const EndpointField> endpointFields();

/// Where the endpoint stands in the packet; empty when it has no such layer.
std::optional<FieldPath> findEndpoint(const Packet& packet, const EndpointField& endpoint);

/// True for a field that is an endpoint in this packet.
bool isEndpoint(const Packet& packet, FieldPath path);

/// Source and destination of each layer that has both as endpoints change places, values and
/// placeholders alike.
void swapEnds(Draft& draft);

/// Gives an endpoint what it holds in a template that does not state it.
void setUsualEndpoint(Draft& draft, const EndpointField& endpoint);

} // namespace tcpw
