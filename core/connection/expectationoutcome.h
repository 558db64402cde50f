// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/peerexpectation.h"

namespace tcpw {

/// Says in a sentence whether the peer did as expected: `reply` is the next packet that came from
/// it, or nothing when none came in the time that one waits. "" when nothing was expected of it.
std::string expectationMet(const PeerExpectation& expectation, const std::optional<Packet>& reply);

} // namespace tcpw
