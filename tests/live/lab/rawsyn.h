// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/addresses.h"

#include <cstdint>

namespace tcpw {

/// Sends a SYN to the far end as from any address, past the near end's TCP.
void sendRawSyn(const Ipv4Address& source, std::uint16_t sourcePort, std::uint16_t port);

} // namespace tcpw
