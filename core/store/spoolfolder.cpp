// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/capturereader.h"
#include "store/spool.h"

#include <algorithm>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>

namespace tcpw {

namespace {

/// Whether no living program holds this spool; `since` becomes when it was last written to.
bool isLeft(int folder, const char* name, timespec& since)
{
    const FileDescriptor file(
        openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat status = {};
    if (!file.valid() || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)
        || status.st_uid != geteuid())
        return false;
    since = status.st_mtim;
    return flock(file.get(), LOCK_EX | LOCK_NB) == 0;
}

/// Whether this spool was begun and never got a packet. Where that is not sure, it is not so.
bool isUnused(const std::string& path)
{
    auto file = openRegularFile(path);
    if (!file)
        return false;
    FileSource source(file->get());
    if (source.size() == 0)
        return true;
    auto reader = CaptureReader::create(source);
    FoundPacket packet;
    auto step = CaptureReader::Step::nothing;
    while (reader && step == CaptureReader::Step::nothing)
        step = (*reader)->next(packet);
    return step == CaptureReader::Step::end && (*reader)->problem().empty();
}

std::string homeFolder()
{
    if (const char* home = std::getenv("HOME"); home && *home == '/')
        return home;
    passwd entry = {};
    passwd* found = nullptr;
    char buffer[4096];
    if (getpwuid_r(geteuid(), &entry, buffer, sizeof(buffer), &found) == 0 && found)
        return found->pw_dir;
    return {};
}

} // namespace

std::vector<std::string> findLeftSpools(const std::string& folder)
{
    std::vector<std::pair<timespec, std::string>> found;
    const std::unique_ptr<DIR, int (*)(DIR*)> list(opendir(folder.c_str()), closedir);
    while (const dirent* entry = list ? readdir(list.get()) : nullptr) {
        timespec since = {};
        if (Spool::isSpoolName(entry->d_name) && isLeft(dirfd(list.get()), entry->d_name, since))
            found.emplace_back(since, folder + '/' + entry->d_name);
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first.tv_sec, a.first.tv_nsec, a.second)
            < std::tie(b.first.tv_sec, b.first.tv_nsec, b.second);
    });
    std::vector<std::string> paths;
    for (auto& entry : found) {
        if (isUnused(entry.second))
            unlink(entry.second.c_str());
        else
            paths.push_back(std::move(entry.second));
    }
    return paths;
}

std::string spoolFolder()
{
    constexpr const char* name = "/tcp-workbench";
    if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state == '/')
        return std::string(state) + name;
    if (const std::string home = homeFolder(); !home.empty())
        return home + "/.local/state" + name;
    return "/tmp/tcp-workbench-" + std::to_string(geteuid());
}

} // namespace tcpw
