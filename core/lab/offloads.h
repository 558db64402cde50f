// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

namespace tcpw {

/// Makes a device compute checksums and cut segments before packets are seen, so that a capture
/// shows them as they should be. Where the driver refuses, captures show "offload" instead.
void switchOffloadsOff(int socket, const char* device);

} // namespace tcpw
