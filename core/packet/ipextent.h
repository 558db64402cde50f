// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

namespace tcpw {

/// The size in bytes of all layers together.
std::size_t encodedSize(const Packet& packet);

/// Where the IP packet around the layer at `index` ends by its length field, in bytes from the
/// packet's start; empty when there is none, or when it leaves the length to the network card.
std::optional<std::size_t> announcedEnd(const Packet& packet, std::size_t index);

/// True when the layer at `index` is in a fragment of an IP packet, be it the first one.
bool isInFragment(const Packet& packet, std::size_t index);

/// True when the IP header before `index` says that its data does not begin with a header.
bool isInLaterFragment(const Packet& packet, std::size_t index);

} // namespace tcpw
