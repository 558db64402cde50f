// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

namespace tcpw {

/// The protocol of a packet as its row names it: "TCP", "ARP", "ESP", "IPv4 in IPv6", "0x88cc", ...
std::string innermostProtocol(const Packet& packet);

} // namespace tcpw
