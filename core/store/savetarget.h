// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/temporaryfile.h"

#include <optional>

namespace tcpw {

/// A file that is to be written anew and takes its place only when it is whole. Links are followed;
/// owner and mode of the file that it replaces are kept, and where they cannot be, it is refused.
class SaveTarget
{
public:
    static Result<SaveTarget> create(const std::string& path);

    /// Appends; fails with a sentence, and the earlier file is as it was.
    Result<void> write(ByteView bytes);
    /// Appends what the disk takes, for a file that is worth keeping in part; gives errno or 0, and
    /// size() says how far it came.
    int add(ByteView bytes);
    std::uint64_t size() const { return m_size; } ///< in bytes
    /// Takes away what is behind that.
    Result<void> cutTo(std::uint64_t size);
    /// Puts the file in its place while it is being written, where none was before: others may then
    /// read it, and it is left should this program die.
    void showEarly();
    /// Makes sure that all is on the disk, and puts the file in its place.
    Result<void> commit();

private:
    SaveTarget(std::string path, std::string folder, TemporaryFile file, bool replaces)
        : m_path(std::move(path))
        , m_folder(std::move(folder))
        , m_file(std::move(file))
        , m_replaces(replaces)
    {
    }
    tl::unexpected<Error> notSaved(int error) const;

    std::string m_path; ///< behind all links
    std::string m_folder;
    TemporaryFile m_file;
    std::uint64_t m_size = 0;
    bool m_replaces; ///< a file that was there before
    bool m_shown = false;
};

} // namespace tcpw
