// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/obstacle.h"

#include <cerrno>
#include <cstring>

namespace tcpw {

namespace {

constexpr char cannot[] = "The practice network cannot be made: ";

bool isForbidden(int error)
{
    return error == EPERM || error == EACCES;
}

bool isFull(int error)
{
    return error == ENOSPC || error == EUSERS;
}

const char* action(LabStep step)
{
    switch (step) {
    case LabStep::userNamespace:
        return "making a user namespace";
    case LabStep::idMap:
        return "mapping the user's id into the new user namespace";
    case LabStep::networkNamespace:
        return "making a network namespace";
    case LabStep::openSockets:
        return "opening the sockets that configure the network";
    case LabStep::createPair:
        return "making the pair of virtual Ethernet devices (veth)";
    case LabStep::bringUp:
        return "bringing up the devices";
    case LabStep::addAddresses:
        return "giving the devices their addresses";
    case LabStep::startServers:
        return "starting the servers of the far end";
    }
    return "";
}

/// WSL1 calls itself "...-Microsoft", WSL2 "...-microsoft-standard-WSL2".
bool isWsl1(const LabSettings& settings)
{
    return settings.kernelRelease.find("-Microsoft") != std::string::npos;
}

/// The limit `name` is zero, or used up.
LabObstacle namespaceLimit(const char* kind, const char* name, std::optional<long> limit)
{
    const std::string raise = "sudo sysctl -w " + std::string(name) + "=";
    if (limit == 0)
        return {cannot + std::string("this system allows no ") + kind + " namespaces (" + name
                + " is 0).",
            raise + "15000"};
    const std::string count = limit ? std::to_string(*limit) + " " : "";
    return {cannot + std::string("all the ") + count + kind
            + " namespaces that this system allows (" + name
            + ") are in use, or they are nested too deeply.",
        raise + std::to_string(limit.value_or(15000) * 2)};
}

std::optional<LabObstacle> explainFull(const LabFailure& failure, const LabSettings& settings)
{
    if (!isFull(failure.error))
        return std::nullopt;
    if (failure.step == LabStep::userNamespace)
        return namespaceLimit("user", "user.max_user_namespaces", settings.maxUserNamespaces);
    if (failure.step == LabStep::networkNamespace)
        return namespaceLimit("network", "user.max_net_namespaces", settings.maxNetworkNamespaces);
    return std::nullopt;
}

std::optional<LabObstacle> explainForbidden(const LabFailure& failure, const LabSettings& settings)
{
    if (!isForbidden(failure.error))
        return std::nullopt;
    const bool first = failure.step == LabStep::userNamespace;
    if (first && settings.unprivilegedUserNamespaces == 0)
        return LabObstacle{std::string(cannot)
                + "this system forbids user namespaces to ordinary users "
                  "(kernel.unprivileged_userns_clone is 0).",
            "sudo sysctl -w kernel.unprivileged_userns_clone=1"};
    if (settings.appArmorRestricts.value_or(0) != 0)
        return LabObstacle{std::string(cannot)
                + "AppArmor takes the rights away that a new user namespace gives "
                  "(kernel.apparmor_restrict_unprivileged_userns is 1, as Ubuntu has it); a "
                  "profile for this program alone allows it.",
            "sudo app/run --grant"};
    if (first && settings.chrooted)
        return LabObstacle{std::string(cannot)
                + "this program runs in a chroot, where Linux allows no user namespaces. Enter "
                  "the folder with a mount namespace and pivot_root instead.",
            ""};
    if (settings.filtered)
        return LabObstacle{std::string(cannot)
                + "the container or sandbox around this program forbids " + action(failure.step)
                + " (a seccomp filter is in force). Start the container without that filter.",
            "docker run --security-opt seccomp=unconfined IMAGE"};
    return std::nullopt;
}

/// The kernel lacks a part, or cannot load it.
std::optional<LabObstacle> explainMissing(const LabFailure& failure, const LabSettings& settings)
{
    const bool unknown = failure.error == EINVAL || failure.error == ENOSYS;
    if (failure.step == LabStep::userNamespace && unknown && !settings.maxUserNamespaces)
        return LabObstacle{
            std::string(cannot) + "this kernel was built without user namespaces.", ""};
    if (failure.step == LabStep::userNamespace && failure.error == EINVAL)
        return LabObstacle{std::string(cannot)
                + "a process with several threads cannot enter a user namespace; it must be the "
                  "first thing that a process does.",
            ""};
    if (failure.step == LabStep::networkNamespace && unknown)
        return LabObstacle{
            std::string(cannot) + "this kernel was built without network namespaces.", ""};
    if (failure.step != LabStep::createPair || failure.error != EOPNOTSUPP)
        return std::nullopt;
    if (!settings.modulesInstalled)
        return LabObstacle{std::string(cannot)
                + "the kernel has no veth module loaded, and this container has no modules to "
                  "load; load it on the machine that runs the container.",
            "sudo modprobe veth"};
    if (!settings.modulesMatch)
        return LabObstacle{std::string(cannot) + "the running kernel (" + settings.kernelRelease
                + ") has no veth module loaded, and its modules are gone: the kernel was updated "
                  "and the machine not restarted since.",
            "sudo systemctl reboot"};
    return LabObstacle{
        std::string(cannot) + "the kernel has no veth module loaded.", "sudo modprobe veth"};
}

} // namespace

LabObstacle explain(const LabFailure& failure, const LabSettings& settings)
{
    if (isWsl1(settings))
        return {std::string(cannot)
                + "WSL1 has no network namespaces; WSL2 has them, and this distribution can be "
                  "converted to it.",
            "wsl.exe --set-version \"$WSL_DISTRO_NAME\" 2"};
    for (const auto part : {explainFull, explainForbidden, explainMissing}) {
        if (const auto obstacle = part(failure, settings))
            return *obstacle;
    }
    return {cannot + std::string(action(failure.step)) + " failed (" + std::strerror(failure.error)
            + ").",
        ""};
}

} // namespace tcpw
