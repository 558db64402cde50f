// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/obstacle.h"

#include <fstream>
#include <sstream>
#include <sys/stat.h>

namespace tcpw {

namespace {

std::optional<long> readNumber(const std::string& file)
{
    long number = 0;
    if (std::ifstream(file) >> number)
        return number;
    return std::nullopt;
}

std::string readWord(const std::string& file)
{
    std::string word;
    std::ifstream(file) >> word;
    return word;
}

/// The fifth word of a line of mountinfo is where the file system is mounted, seen from this
/// process's root (proc_pid_mountinfo(5)); in a chroot there is usually none at "/" itself.
bool lacksRootMount(const std::string& mountInfo)
{
    std::ifstream file(mountInfo);
    bool any = false;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string word;
        for (int i = 0; i < 5; ++i)
            words >> word;
        if (word == "/")
            return false;
        any = true;
    }
    return any;
}

bool hasSeccompFilter(const std::string& status)
{
    std::ifstream file(status);
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("Seccomp:", 0) == 0)
            return line.find('2') != std::string::npos;
    }
    return false;
}

bool exists(const std::string& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0;
}

} // namespace

LabSettings readLabSettings(const std::string& proc, const std::string& modules)
{
    LabSettings settings;
    settings.unprivilegedUserNamespaces
        = readNumber(proc + "/sys/kernel/unprivileged_userns_clone");
    settings.maxUserNamespaces = readNumber(proc + "/sys/user/max_user_namespaces");
    settings.maxNetworkNamespaces = readNumber(proc + "/sys/user/max_net_namespaces");
    settings.appArmorRestricts
        = readNumber(proc + "/sys/kernel/apparmor_restrict_unprivileged_userns");
    settings.kernelRelease = readWord(proc + "/sys/kernel/osrelease");
    settings.chrooted = lacksRootMount(proc + "/self/mountinfo");
    settings.filtered = hasSeccompFilter(proc + "/self/status");
    settings.modulesInstalled = exists(modules);
    settings.modulesMatch = exists(modules + "/" + settings.kernelRelease);
    return settings;
}

} // namespace tcpw
