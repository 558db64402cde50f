// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "filtermode.h"
#include "helper/server.h"
#include "lab/lab.h"
#include "link/devicelist.h"
#include "rights.h"

#include <cstdio>
#include <malloc.h>
#include <unistd.h>

using namespace tcpw;

namespace {

enum ExitCode
{
    Served = 0,
    WrongUsage = 2,
    CannotServe = 3,
    PeerNotUnderstood = 4
};

int explainItself()
{
    std::fputs("tcpw-helper " TCPW_VERSION
               ": the part of TCP Workbench that talks to the network.\n"
               "It is started by tcp-workbench and tcpw and is of no use by hand.\n",
        stderr);
    return WrongUsage;
}

/// Keeps the memory of batches instead of having the system clear it anew for each: that would cost
/// more than all else in a flood.
void keepBatchMemory()
{
    mallopt(M_MMAP_THRESHOLD, 4 << 20); // more than a batch has
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
}

[[noreturn]] void refuse(const std::string& problem, const std::string& command)
{
    HelperServer server(helperStream, {}, {}, [] { _exit(CannotServe); });
    server.refuse(problem, command);
    _exit(CannotServe);
}

/// Does what the parent asks until it is gone. Ends the process itself, and at once: whatever is
/// held here, a guard's socket or a namespace, ends with it.
[[noreturn]] void serve(LocalBackend::Far far, Lab* lab)
{
    keepBatchMemory();
    auto ring = PacketRing::attach(Descriptor(helperMemory));
    if (!ring)
        refuse(ring.error().message, "");
    HelperServer server(helperStream, std::move(*ring), std::move(far), [] { _exit(Served); });
    if (lab)
        lab->setLog([&server](const FarEvent& event) { server.tellFar(event); });
    const auto end = server.run();
    _exit(end == HelperServer::End::peerGone ? Served : PeerNotUnderstood);
}

/// Makes a lab, which must happen while there is one thread, and serves in it.
[[noreturn]] void serveLab()
{
    const auto lab = Lab::start();
    if (!lab) {
        const auto obstacle = findLabObstacle();
        refuse(obstacle ? obstacle->cause : lab.error().message, obstacle ? obstacle->command : "");
    }
    dieWithParent();
    keepNetworkRightsOnly();
    serve([&lab](const FarRequest& request) { return (*lab)->far(request); }, lab->get());
}

[[noreturn]] void serveHost()
{
    hideFromOthers();
    keepNetworkRightsOnly();
    dieWithParent();
    if (!mayCapture())
        refuse(
            "The helper has no right to capture or send (CAP_NET_RAW): it was rebuilt, copied or "
            "given to another user since it got it.",
            "sudo app/run --grant");
    serve({}, nullptr);
}

} // namespace

int main(int argc, char** argv)
{
    if (runsWithForeignId()) {
        std::fputs("tcpw-helper: this program must not be installed setuid or setgid. Take the bit "
                   "away (chmod a-s); \"sudo app/run --grant\" gives it what it needs.\n",
            stderr);
        return WrongUsage;
    }
    const std::string mode = argc > 1 ? argv[1] : "";
    if (mode == "--version" && argc == 2)
        return std::puts("tcpw-helper " TCPW_VERSION) < 0;
    leaveInheritanceBehind();
    if (mode == "--check-filter" && argc == 3)
        return runFilterCheck(argv[2]);
    if ((mode != "--lab" && mode != "--host") || argc != 2 || !peerIsParent(helperStream))
        return explainItself();
    if (mode == "--lab")
        serveLab();
    serveHost();
}
