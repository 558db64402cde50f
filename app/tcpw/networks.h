// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/client.h"

#include <QStringList>

#include <map>
#include <memory>
#include <utility>
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

/// Devices of one or both networks, with one backend for each network.
struct OpenedDevices
{
    std::map<BackendKind, std::unique_ptr<Backend>> backends;
    std::vector<std::pair<BackendKind, Device>> devices; ///< in the order of their names

    Backend& backend(std::size_t device) const { return *backends.at(devices[device].first); }
};

/// The same for several names.
Result<OpenedDevices> openDevices(const QStringList& names, const BackendEvents& events);

/// The devices of both networks, the practice network first.
Result<std::vector<Device>> allDevices();

} // namespace tcpw
