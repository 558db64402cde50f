// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace tcpw;

namespace {

using Clock = std::chrono::steady_clock;

int complain(const std::string& message)
{
    std::fprintf(stderr, "%s\n", message.c_str());
    return 99;
}

/// Prints the microseconds that Lab::start() took.
int printTime()
{
    const auto before = Clock::now();
    const auto lab = Lab::start();
    const auto time = std::chrono::duration<double, std::micro>(Clock::now() - before);
    if (!lab)
        return complain(lab.error().message);
    std::printf("%.0f\n", time.count());
    return 0;
}

/// A second lab where the first one was, as for "Try again".
int startTwice()
{
    for (int i = 0; i < 2; ++i) {
        const auto lab = Lab::start();
        if (!lab)
            return complain(lab.error().message);
        if (!insideLab())
            return complain("not inside the lab");
        if (const auto log = (*lab)->far({FarVerb::log, 0, {}, 0, {}}); !log)
            return complain(log.error().message);
    }
    return 0;
}

/// Starts a lab beside another thread, and prints why that failed.
int startWithThreads()
{
    std::thread other([] { ::pause(); });
    other.detach();
    LabObstacle obstacle;
    const auto lab = Lab::start(&obstacle);
    std::printf("%s\n", lab ? "started" : obstacle.cause.c_str());
    return !lab && lab.error().message != obstacle.cause;
}

/// Prints every packet that the near namespace sees in that time, as hexadecimal digits.
int watch(int seconds)
{
    const auto lab = Lab::start();
    if (!lab)
        return complain(lab.error().message);
    const int socket = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
    if (socket < 0)
        return complain(std::strerror(errno));
    const auto end = Clock::now() + std::chrono::seconds(seconds);
    for (auto now = Clock::now(); now < end; now = Clock::now()) {
        pollfd wanted{socket, POLLIN, 0};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - now).count();
        if (::poll(&wanted, 1, static_cast<int>(left)) <= 0)
            continue;
        std::uint8_t frame[2048];
        const ssize_t size = ::recv(socket, frame, sizeof(frame), 0);
        std::printf("%s\n", toHex(ByteView(frame, static_cast<std::size_t>(size))).c_str());
    }
    return 0;
}

/// Holds a lab that other processes may ask, until standard input ends.
int hold()
{
    const auto lab = Lab::start();
    if (!lab)
        return complain(lab.error().message);
    if (const auto served = (*lab)->serveNamespace(); !served)
        return complain(served.error().message);
    std::printf("ready\n");
    std::fflush(stdout);
    return std::getchar() == EOF ? 0 : 1;
}

int run(const std::vector<std::string>& command)
{
    const auto lab = Lab::start();
    if (!lab)
        return complain(lab.error().message);
    if (const auto served = (*lab)->serveNamespace(); !served)
        return complain(served.error().message);
    const auto status = (*lab)->run(command);
    return status ? *status : complain(status.error().message);
}

/// Asks the lab around this process, and prints what it says.
int ask(const std::vector<std::string>& words)
{
    FarRequest request;
    const auto verb = parseFarVerb(words.at(0));
    if (!verb)
        return complain(verb.error().message);
    request.verb = *verb;
    request.port = static_cast<std::uint16_t>(words.size() > 1 ? std::atoi(words[1].c_str()) : 0);
    const auto reply = askFar(request);
    if (!reply)
        return complain(reply.error().message);
    std::printf("%s\n", reply->text.c_str());
    for (const FarSocket& socket : reply->sockets)
        std::printf("%s %u %s\n", socket.state.c_str(), socket.localPort, socket.service.c_str());
    return 0;
}

int printObstacle()
{
    const auto obstacle = findLabObstacle();
    std::printf("%s\n%s\n", obstacle ? obstacle->cause.c_str() : "none",
        obstacle ? obstacle->command.c_str() : "");
    return 0;
}

/// /proc/sys read-only, as in a container; needs root.
int makeSettingsReadOnly()
{
    const char* const folder = "/proc/sys";
    if (::unshare(CLONE_NEWNS) != 0
        || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
        || ::mount(folder, folder, nullptr, MS_BIND, nullptr) != 0
        || ::mount("none", folder, nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0)
        return complain(std::strerror(errno));
    return 0;
}

int perform(std::vector<std::string> words)
{
    if (words.empty())
        return complain("usage: labprobe [read-only] VERB ...");
    const std::string verb = words.front();
    words.erase(words.begin());
    if (verb == "read-only") {
        const int status = makeSettingsReadOnly();
        return status != 0 ? status : perform(words);
    }
    if (verb == "time")
        return printTime();
    if (verb == "twice")
        return startTwice();
    if (verb == "threads")
        return startWithThreads();
    if (verb == "watch")
        return watch(std::atoi(words.at(0).c_str()));
    if (verb == "hold")
        return hold();
    if (verb == "run")
        return run(words);
    if (verb == "ask")
        return ask(words);
    if (verb == "obstacle")
        return printObstacle();
    return complain("unknown verb " + verb);
}

} // namespace

/// What the live tests need done in processes of their own.
int main(int argc, char** argv)
{
    return perform({argv + 1, argv + argc});
}
