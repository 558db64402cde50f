// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "networks.h"

#include "link/devicelist.h"

#include <algorithm>

namespace tcpw {

Result<OpenedDevice> openDevice(const QString& name, BackendEvents events)
{
    const std::string wanted = name.toStdString();
    const BackendKind kind = wanted == "lab0" ? BackendKind::lab : BackendKind::host;
    auto backend = openBackend(kind, std::move(events));
    // Without rights the names are known all the same: a wrong one is not a matter of rights.
    const auto devices = backend ? (*backend)->devices() : listDevices();
    if (!devices || (!backend && kind == BackendKind::lab))
        return tl::unexpected<Error>(backend ? devices.error() : backend.error());
    const auto found = std::find_if(devices->begin(), devices->end(),
        [&](const Device& device) { return device.id.name == wanted; });
    if (found == devices->end())
        return failure(
            "There is no device " + wanted + ". \"tcpw devices\" lists those that there are.");
    if (!backend)
        return tl::unexpected<Error>(backend.error());
    return OpenedDevice{std::move(*backend), *found};
}

Result<std::vector<Device>> allDevices()
{
    std::vector<Device> all;
    if (const auto lab = openBackend(BackendKind::lab, {})) {
        if (const auto devices = (*lab)->devices())
            std::copy_if(devices->begin(), devices->end(), std::back_inserter(all),
                [](const Device& device) { return device.lab; });
    } else {
        Device device;
        device.id.name = "lab0";
        device.lab = true;
        device.captureProblem = device.injectProblem = lab.error().message;
        all.push_back(device);
    }
    const auto host = openBackend(BackendKind::host, {});
    auto devices = host ? (*host)->devices() : listDevices();
    if (!devices)
        return tl::unexpected<Error>(devices.error());
    for (Device& device : *devices) {
        if (device.lab)
            continue;
        if (!host)
            device.captureProblem = device.injectProblem = host.error().message;
        all.push_back(std::move(device));
    }
    return all;
}

} // namespace tcpw
