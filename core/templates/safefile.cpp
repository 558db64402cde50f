// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/safefile.h"

#include <cerrno>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <signal.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr std::string_view temporaryEnding = ".tcpw-new";

/// Closes its file descriptor at the end.
class FileDescriptor
{
public:
    explicit FileDescriptor(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    int get() const { return m_descriptor; }
    int close() { return ::close(std::exchange(m_descriptor, -1)); }

private:
    int m_descriptor;
};

/// "/some/file cannot be saved: No space left on device."
tl::unexpected<Error> systemFailure(const std::string& path, const char* what, int number = errno)
{
    return failure(
        path + " cannot be " + what + ": " + std::generic_category().message(number) + ".");
}

std::string folderOf(const std::string& path)
{
    const auto slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string temporaryPrefix(const std::string& path)
{
    return "." + path.substr(path.rfind('/') + 1) + ".";
}

/// Removes what savers of this very file left behind when they were killed.
void removeStrays(const std::string& path)
{
    const std::string folder = folderOf(path);
    const std::string prefix = temporaryPrefix(path);
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(::opendir(folder.c_str()), &::closedir);
    if (!entries)
        return;
    while (const dirent* const entry = ::readdir(entries.get())) {
        std::string_view name = entry->d_name;
        if (!name.starts_with(prefix) || !name.ends_with(temporaryEnding)
            || name.size() <= prefix.size() + temporaryEnding.size())
            continue;
        name.remove_prefix(prefix.size());
        name.remove_suffix(temporaryEnding.size());
        pid_t process = 0;
        const auto read = std::from_chars(name.data(), name.data() + name.size(), process);
        const bool isNumber = read.ec == std::errc() && read.ptr == name.data() + name.size();
        if (isNumber && process > 0 && ::kill(process, 0) != 0 && errno == ESRCH)
            ::unlink((folder + "/" + entry->d_name).c_str());
    }
}

/// What stands at the path now; empty when nothing does. Fails when it must not be replaced.
Result<std::optional<struct stat>> replaceable(const std::string& path)
{
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0) {
        if (errno == ENOENT)
            return std::nullopt;
        return systemFailure(path, "saved");
    }
    if (S_ISLNK(status.st_mode))
        return failure(path + " is a symbolic link: choose the file that it points to.");
    if (!S_ISREG(status.st_mode))
        return failure(path + " is not a regular file: choose another name.");
    if (::access(path.c_str(), W_OK) != 0)
        return systemFailure(path, "replaced");
    return status;
}

Result<void> writeAll(int descriptor, std::string_view content, const std::string& path)
{
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemFailure(path, "saved");
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

/// Fills the temporary file and puts it in the place of `path`.
Result<void> writeAndRename(FileDescriptor& file, const std::string& temporary,
    const std::string& path, const std::optional<struct stat>& before, std::string_view content)
{
    if (before) {
        const bool isOurs = before->st_uid == ::geteuid() && before->st_gid == ::getegid();
        if (!isOurs && ::fchown(file.get(), before->st_uid, before->st_gid) != 0)
            return failure(path + " belongs to somebody else: save under another name.");
        if (::fchmod(file.get(), before->st_mode & 07777) != 0)
            return systemFailure(path, "saved");
    }
    if (auto written = writeAll(file.get(), content, path); !written)
        return written;
    if (::fsync(file.get()) != 0 || file.close() != 0
        || ::rename(temporary.c_str(), path.c_str()) != 0)
        return systemFailure(path, "saved");

    const FileDescriptor folder(::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0)
        ::fsync(folder.get()); // some file systems cannot; the file itself is safe
    return {};
}

} // namespace

Result<std::string> readSmallFile(const std::string& path, std::size_t limit)
{
    // Non-blocking, so that a pipe without a writer is refused at once.
    const FileDescriptor file(
        ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (file.get() < 0) {
        if (errno == ELOOP)
            return failure(path + " is a symbolic link: choose the file that it points to.");
        return systemFailure(path, "opened");
    }
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return systemFailure(path, "opened");
    if (!S_ISREG(status.st_mode))
        return failure(path + " is not a regular file.");

    std::string content;
    char block[16384];
    while (content.size() <= limit) {
        const ssize_t count = ::read(file.get(), block, sizeof block);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemFailure(path, "read");
        if (count == 0)
            return content;
        content.append(block, static_cast<std::size_t>(count));
    }
    return failure(path + " has more than " + std::to_string(limit) + " bytes, which is too much.");
}

Result<void> replaceFile(const std::string& path, std::string_view content)
{
    if (path.find('\0') != std::string::npos)
        return failure("A file name cannot hold a NUL character.");
    const auto before = replaceable(path);
    if (!before)
        return tl::unexpected(before.error());
    removeStrays(path);

    const std::string temporary = folderOf(path) + "/" + temporaryPrefix(path)
        + std::to_string(::getpid()) + std::string(temporaryEnding);
    FileDescriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (file.get() < 0)
        return systemFailure(path, "saved");
    const auto saved = writeAndRename(file, temporary, path, *before, content);
    if (!saved)
        ::unlink(temporary.c_str());
    return saved;
}

} // namespace tcpw
