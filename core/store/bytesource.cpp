// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/bytesource.h"

#include <algorithm>
#include <sys/stat.h>

namespace tcpw {

FileSource::FileSource(int file)
    : m_file(file)
{
    refresh();
}

void FileSource::refresh()
{
    struct stat status = {};
    m_size = fstat(m_file, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

Transfer FileSource::read(std::uint64_t offset, std::span<std::uint8_t> into)
{
    return readAt(m_file, offset, into);
}

Transfer MemorySource::read(std::uint64_t offset, std::span<std::uint8_t> into)
{
    if (offset >= m_bytes.size())
        return {};
    const auto start = static_cast<std::size_t>(offset);
    const auto part = m_bytes.subspan(start, std::min(into.size(), m_bytes.size() - start));
    std::copy(part.begin(), part.end(), into.begin());
    return {part.size(), 0};
}

} // namespace tcpw
