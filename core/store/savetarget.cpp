// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/savetarget.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr int maximumLinks = 40; // as the kernel follows

tl::unexpected<Error> refused(const std::string& path, const std::string& why)
{
    return failure(shownPath(path) + " was not saved: " + why);
}

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

/// Where a link points to, seen from the folder that it lies in; "" when it is no link.
std::string linkedPath(const std::string& path)
{
    char target[4096];
    const ssize_t length = readlink(path.c_str(), target, sizeof(target));
    if (length <= 0)
        return {};
    const std::string text(target, static_cast<std::size_t>(length));
    return text[0] == '/' ? text : folderOf(path) + '/' + text;
}

/// The file behind all links; it need not be there.
Result<std::string> resolved(const std::string& path)
{
    std::string current = path;
    for (int i = 0; i < maximumLinks; ++i) {
        std::string next = linkedPath(current);
        if (next.empty())
            return current;
        current = std::move(next);
    }
    return refused(path, "it is a link to itself.");
}

/// Whether a program holds this file for itself, as a live capture does its spool.
bool isBeingWritten(const std::string& path)
{
    const FileDescriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    return file.valid() && flock(file.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

/// Why a file that is there must not be replaced; "" when it may be.
std::string obstacle(const std::string& path, const struct stat& status)
{
    if (S_ISDIR(status.st_mode))
        return "it is a folder.";
    if (!S_ISREG(status.st_mode))
        return "it is not an ordinary file.";
    if (access(path.c_str(), W_OK) != 0)
        return "it is there and protected: " + systemReason(errno) + ". Save under another name.";
    if (isBeingWritten(path))
        return "a program is capturing to it at this moment. Save under another name.";
    if (status.st_nlink > 1)
        return "it has " + std::to_string(status.st_nlink)
            + " names (hard links), and the others would keep the old packets. Save under another "
              "name.";
    return {};
}

/// Gives the new file owner, group and mode of the old one; false when the system refuses.
bool inherit(int file, const struct stat& old)
{
    struct stat now = {};
    if (fstat(file, &now) != 0)
        return false;
    const bool sameOwner = now.st_uid == old.st_uid && now.st_gid == old.st_gid;
    return (sameOwner || fchown(file, old.st_uid, old.st_gid) == 0)
        && fchmod(file, old.st_mode & 07777) == 0;
}

} // namespace

Result<SaveTarget> SaveTarget::create(const std::string& path)
{
    if (path.empty() || path.back() == '/')
        return refused(path, "that is no name for a file.");
    auto target = resolved(path);
    if (!target)
        return tl::unexpected<Error>(target.error());
    struct stat old = {};
    const bool exists = stat(target->c_str(), &old) == 0;
    if (exists) {
        if (const std::string why = obstacle(*target, old); !why.empty())
            return refused(path, why);
    } else if (errno != ENOENT) {
        return refused(path, systemReason(errno) + '.');
    }

    const std::string folder = folderOf(*target);
    removeLeftTemporaries(folder);
    auto file = TemporaryFile::create(folder, 0666);
    if (!file)
        return refused(path, file.error().message);
    if (exists && !inherit(file->get(), old))
        return refused(path,
            "it belongs to somebody else, and its owner could not be kept. Save under another "
            "name.");
    return SaveTarget(std::move(*target), folder, std::move(*file), exists);
}

tl::unexpected<Error> SaveTarget::notSaved(int error) const
{
    return refused(m_path, systemReason(error) + ". What was there before is as it was.");
}

int SaveTarget::add(ByteView bytes)
{
    const Transfer written = writeAt(m_file.get(), m_size, bytes);
    m_size += written.count;
    return written.error;
}

Result<void> SaveTarget::write(ByteView bytes)
{
    if (const int error = add(bytes); error != 0)
        return notSaved(error);
    return {};
}

Result<void> SaveTarget::cutTo(std::uint64_t size)
{
    if (ftruncate(m_file.get(), static_cast<off_t>(size)) != 0)
        return notSaved(errno);
    m_size = size;
    return {};
}

void SaveTarget::showEarly()
{
    if (!m_replaces && !m_shown)
        m_shown = m_file.giveName(m_path) == 0;
}

Result<void> SaveTarget::commit()
{
    if (fsync(m_file.get()) != 0)
        return notSaved(errno);
    if (const int error = m_shown ? 0 : m_file.replace(m_path); error != 0)
        return notSaved(error);
    // Some file systems report only now what they could not write; the name is known to be safe
    // when the folder is on the disk too. Not every file system can say so.
    const FileDescriptor folder(open(m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.valid() && fsync(folder.get()) != 0 && errno == EIO)
        return failure(shownPath(m_path)
            + " was saved, but the disk reports an error for its folder. Check the disk.");
    return {};
}

} // namespace tcpw
