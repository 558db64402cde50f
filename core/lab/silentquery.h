// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "packet/addresses.h"

namespace tcpw {

/// An Ethernet frame with an MLDv1 query (RFC 2710) for a group that nobody joined. A kernel that
/// gets it speaks MLDv1 from then on and drops the MLDv2 reports (RFC 3810) that it had waiting,
/// and nobody answers. So the first packet a reader sees in the lab is the reader's own.
Bytes silentQuery(const MacAddress& source);

} // namespace tcpw
