// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/namespaces.h"
#include "lab/obstacle.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

namespace tcpw {

namespace {

constexpr int waitLimit = 3000; // milliseconds

struct Outcome
{
    bool made = false;
    LabFailure failure;
};

/// What the throw-away child does: everything but the servers.
Outcome tryToMake()
{
    auto namespaces = enterLabNamespaces();
    if (!namespaces)
        return {false, namespaces.error()};
    const auto joined = joinLabEnds(*namespaces);
    return joined ? Outcome{true, {}} : Outcome{false, joined.error()};
}

/// The child writes its outcome as a whole, or dies before.
std::optional<Outcome> readOutcome(const OwnedFd& pipe)
{
    pollfd wanted{pipe.get(), POLLIN, 0};
    int ready = 0;
    do {
        ready = ::poll(&wanted, 1, waitLimit);
    } while (ready < 0 && errno == EINTR);
    Outcome outcome;
    if (ready <= 0 || ::read(pipe.get(), &outcome, sizeof(outcome)) != sizeof(outcome))
        return std::nullopt;
    return outcome;
}

} // namespace

std::optional<LabObstacle> findLabObstacle()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return LabObstacle{"The practice network cannot be tried: out of file descriptors.", ""};
    const OwnedFd readEnd(ends[0]);
    OwnedFd writeEnd(ends[1]);
    const pid_t child = ::fork();
    if (child == 0) {
        const Outcome outcome = tryToMake();
        ::_exit(::write(writeEnd.get(), &outcome, sizeof(outcome)) != sizeof(outcome));
    }
    if (child < 0)
        return LabObstacle{
            "The practice network cannot be tried: no more processes can be made.", ""};
    writeEnd.reset();
    const auto outcome = readOutcome(readEnd);
    ::kill(child, SIGKILL); // it is done, or hangs
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
    if (!outcome)
        return LabObstacle{"The practice network cannot be made: the attempt was ended from "
                           "outside, perhaps by a sandbox.",
            ""};
    if (outcome->made)
        return std::nullopt;
    return explain(outcome->failure, readLabSettings());
}

} // namespace tcpw
