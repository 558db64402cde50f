// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/fileaccess.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tcpw {

namespace {

std::string kindOfFile(mode_t mode)
{
    if (S_ISDIR(mode))
        return "a folder";
    if (S_ISFIFO(mode))
        return "a pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

tl::unexpected<Error> notRegular(const std::string& path, mode_t mode)
{
    return failure(shownPath(path) + " is " + kindOfFile(mode) + ", not a capture file.");
}

tl::unexpected<Error> cannotOpen(const std::string& path, int error)
{
    return failure(shownPath(path) + " cannot be opened: " + systemReason(error) + ".");
}

/// The length of the UTF-8 character at the beginning of `text` that may be shown as it is; 0 when
/// its first byte is to be escaped (RFC 3629, section 4).
std::size_t showableLength(std::string_view text)
{
    const auto byte = [text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const unsigned first = byte(0);
    if (first < 0x80)
        return first >= 0x20 && first != 0x7f ? 1 : 0;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4)
        return 0;
    unsigned code = first & (0xffu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (byte(i) & 0x3f);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    const bool control = code < 0xa0 || code == 0x061c || (code >= 0x200b && code <= 0x200f)
        || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f)
        || code == 0xfeff || code > 0x10ffff;
    return overlong || surrogate || control ? 0 : length;
}

} // namespace

Transfer readAt(int file, std::uint64_t offset, std::span<std::uint8_t> into)
{
    Transfer done;
    while (done.count < into.size()) {
        const auto part = into.subspan(done.count);
        const ssize_t got
            = pread(file, part.data(), part.size(), static_cast<off_t>(offset + done.count));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            done.error = errno;
        if (got <= 0)
            break;
        done.count += static_cast<std::size_t>(got);
    }
    return done;
}

Transfer writeAt(int file, std::uint64_t offset, ByteView bytes)
{
    Transfer done;
    while (done.count < bytes.size()) {
        const auto part = bytes.subspan(done.count);
        const ssize_t put
            = pwrite(file, part.data(), part.size(), static_cast<off_t>(offset + done.count));
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            done.error = put < 0 ? errno : EIO;
            break;
        }
        done.count += static_cast<std::size_t>(put);
    }
    return done;
}

std::string systemReason(int error)
{
    switch (error) {
    case ENOSPC:
        return "the disk is full";
    case EDQUOT:
        return "the disk quota is used up";
    case EFBIG:
        return "the file would be larger than the limit for files (ulimit -f)";
    case EROFS:
        return "the file system is read-only";
    case EACCES:
    case EPERM:
        return "permission denied";
    case ENOENT:
        return "there is no such file or folder";
    case EIO:
        return "the disk reports an input or output error";
    }
#ifdef __GLIBC__
    const char* text = strerrordesc_np(error); // in English whatever the locale
    if (text)
        return text;
#endif
    return "error " + std::to_string(error);
}

std::string shownPath(const std::string& path)
{
    std::string shown = "\"";
    for (std::string_view rest = path; !rest.empty();) {
        const std::size_t length = showableLength(rest);
        if (length > 0)
            shown += rest.substr(0, length);
        else
            shown += "\\x" + toHex(ByteView({static_cast<std::uint8_t>(rest[0])}));
        rest.remove_prefix(length > 0 ? length : 1);
    }
    return shown + '"';
}

Result<FileDescriptor> openRegularFile(const std::string& path)
{
    struct stat status = {};
    if (stat(path.c_str(), &status) != 0)
        return cannotOpen(path, errno);
    if (!S_ISREG(status.st_mode))
        return notRegular(path, status.st_mode);
    // Somebody may have put a pipe there in between: do not wait for its writer.
    FileDescriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!file.valid() || fstat(file.get(), &status) != 0)
        return cannotOpen(path, errno);
    if (!S_ISREG(status.st_mode))
        return notRegular(path, status.st_mode);
    return file;
}

Result<void> makeFolder(const std::string& path)
{
    std::size_t end = 0;
    do {
        end = path.find('/', end + 1);
        const std::string part = path.substr(0, end);
        if (mkdir(part.c_str(), 0700) == 0 || errno == EEXIST || end != std::string::npos)
            continue; // one that cannot be made, but is not needed, shows at the last part
        return failure(
            "The folder " + shownPath(path) + " cannot be made: " + systemReason(errno) + ".");
    } while (end != std::string::npos);
    return {};
}

} // namespace tcpw
