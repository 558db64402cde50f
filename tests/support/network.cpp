// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/network.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sched.h>
#include <spawn.h>
#include <sstream>
#include <string_view>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

extern char** environ;

namespace tcpw {

namespace {

constexpr std::string_view ownFiles = "/proc/self/fd/"; // also used before main()

std::string& problem()
{
    static std::string text = "This test program did not ask for a network namespace of its own.";
    return text;
}

bool writeFile(const std::string& path, const std::string& text)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool written
        = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    ::close(file);
    return written;
}

bool enterUserNamespace()
{
    const std::string user = std::to_string(::getuid());
    const std::string group = std::to_string(::getgid());
    return ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 && writeFile("/proc/self/setgroups", "deny")
        && writeFile("/proc/self/uid_map", "0 " + user + " 1")
        && writeFile("/proc/self/gid_map", "0 " + group + " 1");
}

/// IPv6 addresses are there at once, and no host talks before it is asked.
void calmIpv6()
{
    setSysctl("net/ipv6/conf/default/accept_dad", "0");
    setSysctl("net/ipv6/conf/all/accept_dad", "0");
    setSysctl("net/ipv6/conf/default/router_solicitations", "0");
    setSysctl("net/ipv6/conf/default/addr_gen_mode", "1");
}

} // namespace

bool enterOwnNetwork()
{
    if (::unshare(CLONE_NEWNET) != 0 && !enterUserNamespace()) {
        problem() = std::string("A network namespace cannot be made here: ") + std::strerror(errno);
        return false;
    }
    calmIpv6();
    problem() = ip("link set lo up") ? "" : "The `ip` command (iproute2) does not work here.";
    return problem().empty();
}

const std::string& ownNetworkProblem()
{
    return problem();
}

bool ip(const std::string& arguments, Quiet quiet)
{
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    std::vector<std::string> words{"ip"};
    std::istringstream stream(arguments);
    for (std::string word; stream >> word;) {
        // Onto itself: the child gets it, though it is to be closed there.
        if (word.starts_with(ownFiles)) {
            const int file = std::stoi(word.substr(ownFiles.size()));
            ::posix_spawn_file_actions_adddup2(&actions, file, file);
        }
        words.push_back(word);
    }
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    if (quiet == Quiet::yes)
        ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    int status = -1;
    const int problem = ::posix_spawnp(&child, "ip", &actions, nullptr, pointers.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (problem != 0)
        return false;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    return status == 0;
}

bool setSysctl(const std::string& path, const std::string& value)
{
    return writeFile("/proc/sys/" + path, value);
}

NetworkNamespace::NetworkNamespace()
{
    std::thread([this] {
        if (::unshare(CLONE_NEWNET) != 0)
            return;
        m_file = ::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
        calmIpv6();
        tcpw::ip("link set lo up");
    }).join();
}

NetworkNamespace::~NetworkNamespace()
{
    if (m_file >= 0)
        ::close(m_file);
}

/// The files of this process are closed to `ip` in a user namespace: it gets the file itself.
std::string NetworkNamespace::path() const
{
    return std::string(ownFiles) + std::to_string(m_file);
}

void NetworkNamespace::run(const std::function<void()>& function) const
{
    std::thread([this, &function] {
        if (::setns(m_file, CLONE_NEWNET) == 0)
            function();
    }).join();
}

bool NetworkNamespace::ip(const std::string& arguments) const
{
    bool succeeded = false;
    run([&] { succeeded = tcpw::ip(arguments); });
    return succeeded;
}

VethPair::VethPair(const NetworkNamespace& far)
{
    m_valid = ip("link add near0 address 02:00:00:00:00:01 type veth peer name far0 address "
                 "02:00:00:00:00:02 netns "
                  + far.path())
        && ip("addr add 10.9.0.1/24 dev near0") && ip("link set near0 up")
        && far.ip("addr add 10.9.0.2/24 dev far0") && far.ip("link set far0 up")
        && ip("addr add fd09::1/64 dev near0 nodad") && ip("addr add fe80::1/64 dev near0 nodad")
        && far.ip("addr add fd09::2/64 dev far0 nodad")
        && far.ip("addr add fe80::2/64 dev far0 nodad");
}

VethPair::~VethPair()
{
    ip("link del near0", Quiet::yes); // fails where the test did it, or took the name away
}

} // namespace tcpw
