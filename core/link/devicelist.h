// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/device.h"

namespace tcpw {

/// The Ethernet devices, lo and `any` of this thread's network namespace, lab0 first. Needs no
/// rights; what is missing for capture or injection is said in each device.
Result<std::vector<Device>> listDevices();

/// Tells whether a name and index still belong together in this namespace; the sentence says what
/// became of the device otherwise: "eth0 is not the device you chose: ...".
Result<void> verifyDevice(const DeviceId& device);

/// True when this process may capture and inject in this network namespace (CAP_NET_RAW).
bool mayCapture();

} // namespace tcpw
