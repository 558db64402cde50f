// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/helperpaths.h"

#include "helper/client.h"

#include <array>
#include <climits>
#include <grp.h>
#include <mutex>
#include <pwd.h>
#include <unistd.h>

namespace tcpw {

namespace {

/// Paths that tests put in the place of the usual ones. Shared by threads.
struct OtherPaths
{
    std::mutex mutex; ///< guards the rest
    std::string helper;
    std::string grantedFolder;
};

OtherPaths& otherPaths()
{
    static OtherPaths paths;
    return paths;
}

/// The folder of the program that runs here, without a slash at its end.
std::string programFolder()
{
    std::array<char, PATH_MAX> target{};
    const auto length = readlink("/proc/self/exe", target.data(), target.size());
    const std::string path(target.data(), length > 0 ? std::size_t(length) : 0);
    return path.substr(0, path.find_last_of('/'));
}

std::string grantedFolder()
{
    const std::lock_guard lock(otherPaths().mutex);
    return otherPaths().grantedFolder.empty() ? "/usr/local/libexec/tcp-workbench"
                                              : otherPaths().grantedFolder;
}

} // namespace

std::string helperPath()
{
    {
        const std::lock_guard lock(otherPaths().mutex);
        if (!otherPaths().helper.empty())
            return otherPaths().helper;
    }
    const std::string beside = programFolder() + "/tcpw-helper";
    const std::string installed = programFolder() + "/../libexec/tcp-workbench/tcpw-helper";
    return access(beside.c_str(), F_OK) != 0 && access(installed.c_str(), F_OK) == 0 ? installed
                                                                                     : beside;
}

std::string grantedHelperPath()
{
    return grantedFolder() + "/tcpw-helper";
}

std::string labHelperPath()
{
    return grantedFolder() + "/tcpw-lab-helper";
}

void setHelperPath(const std::string& path)
{
    const std::lock_guard lock(otherPaths().mutex);
    otherPaths().helper = path;
}

void setGrantedFolder(const std::string& path)
{
    const std::lock_guard lock(otherPaths().mutex);
    otherPaths().grantedFolder = path;
}

bool isListedInGroup(const std::string& group)
{
    std::array<char, 16384> buffer{};
    passwd user{};
    passwd* foundUser = nullptr;
    if (getpwuid_r(getuid(), &user, buffer.data(), buffer.size(), &foundUser) != 0 || !foundUser)
        return false;
    const std::string name = foundUser->pw_name;
    struct group entry
    {
    };
    struct group* found = nullptr;
    if (getgrnam_r(group.c_str(), &entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        return false;
    for (char** member = found->gr_mem; *member; ++member)
        if (name == *member)
            return true;
    return foundUser->pw_gid == found->gr_gid;
}

} // namespace tcpw
