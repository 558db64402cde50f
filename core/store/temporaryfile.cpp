// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/temporaryfile.h"

#include <cerrno>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <random>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr std::string_view hiddenPrefix = ".tcp-workbench-";
constexpr std::size_t suffixLength = 6;
constexpr int attempts = 100;

std::string hiddenPath(const std::string& folder)
{
    return folder + '/' + std::string(hiddenPrefix) + randomSuffix();
}

std::string descriptorPath(int file)
{
    return "/proc/self/fd/" + std::to_string(file);
}

tl::unexpected<Error> cannotCreate(const std::string& folder, int error)
{
    return failure(
        "No file can be made in " + shownPath(folder) + ": " + systemReason(error) + ".");
}

bool isHiddenName(std::string_view name)
{
    return name.size() == hiddenPrefix.size() + suffixLength
        && name.substr(0, hiddenPrefix.size()) == hiddenPrefix;
}

/// Whether nobody works on this hidden file any more.
bool isLeft(int folder, const char* name)
{
    const FileDescriptor file(
        openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat status = {};
    constexpr time_t minute = 60; // time enough to lock it after it was made
    return file.valid() && fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode)
        && status.st_uid == geteuid() && status.st_nlink == 1
        && status.st_mtime < time(nullptr) - minute && flock(file.get(), LOCK_EX | LOCK_NB) == 0;
}

} // namespace

std::string randomSuffix()
{
    constexpr std::string_view characters
        = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    std::random_device random;
    std::string suffix;
    for (std::size_t i = 0; i < suffixLength; ++i)
        suffix += characters[random() % characters.size()];
    return suffix;
}

Result<TemporaryFile> TemporaryFile::create(const std::string& folder, mode_t mode)
{
    // Such a file gets its name by way of /proc.
    FileDescriptor file(open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, mode));
    if (!file.valid() || access(descriptorPath(file.get()).c_str(), F_OK) != 0)
        return createNamed(folder, mode);
    return TemporaryFile(std::move(file), folder, {});
}

Result<TemporaryFile> TemporaryFile::createNamed(const std::string& folder, mode_t mode)
{
    for (int i = 0; i < attempts; ++i) {
        const std::string name = hiddenPath(folder);
        FileDescriptor file(
            open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_NOFOLLOW | O_CLOEXEC, mode));
        if (!file.valid() && errno == EEXIST)
            continue;
        if (!file.valid())
            return cannotCreate(folder, errno);
        flock(file.get(), LOCK_EX | LOCK_NB); // says that somebody works on it
        return TemporaryFile(std::move(file), folder, name);
    }
    return cannotCreate(folder, EEXIST);
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : m_file(std::move(other.m_file))
    , m_folder(std::move(other.m_folder))
    , m_name(std::exchange(other.m_name, {}))
{
}

TemporaryFile::~TemporaryFile()
{
    if (!m_name.empty())
        unlink(m_name.c_str());
}

int TemporaryFile::link(const std::string& path)
{
    const std::string from = m_name.empty() ? descriptorPath(m_file.get()) : m_name;
    return linkat(AT_FDCWD, from.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0 ? 0
                                                                                          : errno;
}

int TemporaryFile::giveName(const std::string& path)
{
    int error = link(path);
    if (error == 0 && !m_name.empty())
        unlink(std::exchange(m_name, {}).c_str());
    // File systems without hard links: nobody else makes names like ours, and none is there.
    if (error != 0 && error != EEXIST && !m_name.empty() && access(path.c_str(), F_OK) != 0)
        error = replace(path);
    return error;
}

int TemporaryFile::replace(const std::string& path)
{
    for (int i = 0; i < attempts && m_name.empty(); ++i) {
        const std::string name = hiddenPath(m_folder);
        const int error = link(name);
        if (error != 0 && error != EEXIST)
            return error;
        if (error == 0)
            m_name = name;
    }
    if (rename(m_name.c_str(), path.c_str()) != 0)
        return errno;
    m_name.clear();
    return 0;
}

void removeLeftTemporaries(const std::string& folder)
{
    const std::unique_ptr<DIR, int (*)(DIR*)> list(opendir(folder.c_str()), closedir);
    if (!list)
        return;
    const int number = dirfd(list.get());
    while (const dirent* entry = readdir(list.get()))
        if (isHiddenName(entry->d_name) && isLeft(number, entry->d_name))
            unlinkat(number, entry->d_name, 0);
}

} // namespace tcpw
