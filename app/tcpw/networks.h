// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/client.h"

#include <QString>

#include <memory>
#include <vector>

namespace tcpw {

/// A backend and the device on it that a name of the command line means.
struct OpenedDevice
{
    std::unique_ptr<Backend> backend;
    Device device;
};

/// Opens what `name` means: lab0 is the practice network, all else a device of this machine.
Result<OpenedDevice> openDevice(const QString& name, BackendEvents events);

/// The devices of both networks, the practice network first.
Result<std::vector<Device>> allDevices();

} // namespace tcpw
