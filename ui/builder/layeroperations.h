// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/draft.h"

#include <optional>

namespace tcpw {

/// Changes to a draft's stack of layers; placeholders stay with their fields.
enum class LayerOperation
{
    addVlanTag, ///< behind Ethernet and the tags there are
    addExtension, ///< an IPv6 extension header, behind those there are
    addFragment, ///< the IPv6 fragment header
    addTcp, ///< where there is no TCP
    addPayload,
    addTrailer, ///< bytes after the IP length
    useIpv4, ///< in place of IPv6; its extension headers go
    useIpv6, ///< in place of IPv4
    swapEnds ///< source and destination, of all layers that have them, change places
};

/// True when the operation makes sense for this stack.
bool isPossible(const Packet& packet, LayerOperation operation);

/// Does it; gives the index of the new layer. Does nothing where it is not possible.
std::optional<std::size_t> apply(Draft& draft, LayerOperation operation);

/// True when the layer can be taken out: all but the first.
bool isRemovable(const Packet& packet, std::size_t layer);
void removeLayer(Draft& draft, std::size_t layer);

} // namespace tcpw
