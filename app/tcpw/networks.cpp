// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "networks.h"

#include "link/devicelist.h"

#include <algorithm>

namespace tcpw {

namespace {

BackendKind kindOf(const QString& name)
{
    return name == QLatin1String("lab0") ? BackendKind::lab : BackendKind::host;
}

Result<Device> findDevice(const Result<std::unique_ptr<Backend>>& backend, const QString& name)
{
    const std::string wanted = name.toStdString();
    const BackendKind kind = kindOf(name);
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
    return *found;
}

} // namespace

Result<OpenedDevice> openDevice(const QString& name, BackendEvents events)
{
    auto backend = openBackend(kindOf(name), std::move(events));
    const auto device = findDevice(backend, name);
    if (!device)
        return tl::unexpected<Error>(device.error());
    return OpenedDevice{std::move(*backend), *device};
}

Result<OpenedDevices> openDevices(const QStringList& names, const BackendEvents& events)
{
    OpenedDevices opened;
    std::map<BackendKind, Result<std::unique_ptr<Backend>>> backends;
    for (const QString& name : names) {
        const BackendKind kind = kindOf(name);
        if (!backends.contains(kind))
            backends.emplace(kind, openBackend(kind, events));
        const auto device = findDevice(backends.at(kind), name);
        if (!device)
            return tl::unexpected<Error>(device.error());
        opened.devices.emplace_back(kind, *device);
    }
    for (auto& [kind, backend] : backends)
        opened.backends[kind] = std::move(*backend);
    return opened;
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
