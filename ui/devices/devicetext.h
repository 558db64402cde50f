// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/device.h"

#include <QString>

namespace tcpw {

/// What the picker says of a device, harmless already.
struct DeviceText
{
    QString
        title; ///< "Practice network (lab0) \u00b7 you are 192.168.56.101", "eth0 \u00b7 10.0.0.5"
    QString details; ///< description, addresses, state: "Intel ..., 10.0.0.5/24; up"
    QString problem; ///< why it cannot be captured on, or nothing be sent; "" when both can
};

DeviceText deviceText(const Device& device);

/// True when nothing can be done with the device.
bool isUnusable(const Device& device);

} // namespace tcpw
