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
    /// Makes sure that all is on the disk, and puts the file in its place.
    Result<void> commit();

private:
    SaveTarget(std::string path, std::string folder, TemporaryFile file)
        : m_path(std::move(path))
        , m_folder(std::move(folder))
        , m_file(std::move(file))
    {
    }
    tl::unexpected<Error> notSaved(int error) const;

    std::string m_path; ///< behind all links
    std::string m_folder;
    TemporaryFile m_file;
    std::uint64_t m_size = 0;
};

} // namespace tcpw
