// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/fileaccess.h"

#include <sys/types.h>

namespace tcpw {

/// A file that is being written in the folder where it will stay. Where the file system can, it has
/// no name until it gets its last one, so that a program which dies leaves nothing; elsewhere it
/// has a hidden name and is removed when it goes unused.
class TemporaryFile
{
public:
    /// `mode` is subject to the umask. Fails with a sentence.
    static Result<TemporaryFile> create(const std::string& folder, mode_t mode);
    /// The same with a hidden name from the beginning, for file systems that cannot do without.
    static Result<TemporaryFile> createNamed(const std::string& folder, mode_t mode);

    TemporaryFile(TemporaryFile&& other) noexcept;
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile();

    int get() const { return m_file.get(); }
    /// Gives it a name that no file has yet; errno (EEXIST: another one has it), or 0.
    int giveName(const std::string& path);
    /// Gives it a name, in place of a file that has it; errno, or 0.
    int replace(const std::string& path);
    FileDescriptor takeDescriptor() { return std::move(m_file); }

private:
    TemporaryFile(FileDescriptor file, std::string folder, std::string name)
        : m_file(std::move(file))
        , m_folder(std::move(folder))
        , m_name(std::move(name))
    {
    }
    int link(const std::string& path);

    FileDescriptor m_file;
    std::string m_folder;
    std::string m_name; ///< its hidden path; "" while it has none
};

/// Removes hidden files in `folder` that a program which died has left there: ours, nobody's lock
/// on them, untouched for a minute.
void removeLeftTemporaries(const std::string& folder);

/// Six letters and digits by chance.
std::string randomSuffix();

} // namespace tcpw
