// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/client.h"

#include "helper/helperclient.h"
#include "helper/helperpaths.h"
#include "helper/localbackend.h"
#include "link/devicelist.h"

#include <cerrno>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr char grantCommand[] = "sudo app/run --grant";

/// Fails with both, for reading, and puts them apart, for showing the command by itself.
tl::unexpected<Error> stoppedBy(
    const std::string& cause, const std::string& command, LabObstacle* obstacle)
{
    if (obstacle)
        *obstacle = {cause, command};
    return failure(command.empty() ? cause : cause + " This command helps: " + command);
}

tl::unexpected<Error> otherVersion(
    const std::string& path, const Greeting& greeting, LabObstacle* obstacle)
{
    const bool granted = path == grantedHelperPath() || path == labHelperPath();
    return stoppedBy("The helper " + path + " is of another version (" + greeting.programVersion
            + ") than this program (" + TCPW_VERSION
            + "), so that they do not understand each other."
            + (granted ? "" : " Build both again, or install both from one package."),
        granted ? grantCommand : "", obstacle);
}

Result<std::unique_ptr<Backend>> openLab(const BackendEvents& events, LabObstacle* obstacle)
{
    if (insideLab() && mayCapture())
        return std::make_unique<LocalBackend>(events);
    // The copy that may make user namespaces comes first where it is installed; one of another
    // version must not stand in the way of systems that need no such copy.
    if (access(labHelperPath().c_str(), X_OK) == 0)
        if (auto backend = startHelper({labHelperPath(), "--lab"}, events))
            return backend;
    return startHelper({helperPath(), "--lab"}, events, obstacle);
}

Result<std::unique_ptr<Backend>> openHost(const BackendEvents& events, LabObstacle* obstacle)
{
    if (mayCapture())
        return std::make_unique<LocalBackend>(events);
    const std::string path = grantedHelperPath();
    if (access(path.c_str(), X_OK) == 0)
        return startHelper({path, "--host"}, events, obstacle);
    if (errno != EACCES)
        return stoppedBy("This program has no right to capture or send on this computer's own "
                         "devices. A small helper that has it can be installed once.",
            grantCommand, obstacle);
    if (isListedInGroup("tcpw"))
        return stoppedBy(
            "You are in the group tcpw, which may use this computer's own devices, but "
            "this session began before that. Log out and in again.",
            "", obstacle);
    return stoppedBy("Only members of the group tcpw may use the helper for this computer's own "
                     "devices, and you are not one.",
        grantCommand, obstacle);
}

} // namespace

Result<std::unique_ptr<Backend>> openBackend(
    BackendKind kind, BackendEvents events, LabObstacle* obstacle)
{
    return kind == BackendKind::lab ? openLab(events, obstacle) : openHost(events, obstacle);
}

Result<std::unique_ptr<Backend>> startHelper(
    const std::vector<std::string>& command, BackendEvents events, LabObstacle* obstacle)
{
    const std::string& path = command.front();
    if (access(path.c_str(), F_OK) != 0)
        return stoppedBy("The helper is missing: there is no program " + path
                + ". Build the program again, or install it again.",
            "", obstacle);
    auto connection = HelperConnection::open(command,
        {events.packets,
            [events](
                const ReceivedMessage& message) { return HelperClient::handOn(message, events); },
            events.lost});
    if (!connection)
        return stoppedBy(connection.error().message, "", obstacle);
    const Greeting& greeting = (*connection)->greeting();
    if (!speaksOurLanguage(greeting))
        return otherVersion(path, greeting, obstacle);
    if (!greeting.problem.empty())
        return stoppedBy(greeting.problem, greeting.command, obstacle);
    if (const auto accepted = (*connection)->accept(); !accepted)
        return stoppedBy(accepted.error().message, "", obstacle);
    return std::make_unique<HelperClient>(std::move(*connection));
}

} // namespace tcpw
