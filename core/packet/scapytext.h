// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <string>

namespace tcpw {

/// The packet as an expression of Scapy (https://scapy.net, 2.5), which gives the same bytes:
/// "Ether(dst='...', src='...', type=0x800) / IP(...) / TCP(sport=40000, ...)". A field that is
/// automatic here is left to Scapy where it computes the same; what Scapy has no words for is Raw.
std::string scapyText(const Packet& packet);

} // namespace tcpw
