// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/memorypages.h"

#include <sys/mman.h>
#include <unistd.h>

namespace tcpw {

MemoryPages::MemoryPages(std::size_t size)
{
    void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return;
    m_data = memory;
    m_size = size;
}

MemoryPages::~MemoryPages()
{
    if (m_data)
        munmap(m_data, m_size);
}

void MemoryPages::prepare(std::size_t begin, std::size_t end)
{
    madvise(static_cast<char*>(m_data) + begin, end - begin, MADV_POPULATE_WRITE);
}

void MemoryPages::giveBack(std::size_t begin, std::size_t end)
{
    // The page that `begin` lies in was kept before for what now ends with it.
    const std::size_t page = pageSize();
    begin -= begin % page;
    end -= end % page;
    // The range of addresses stays ours: were it unmapped, a reader that comes late would crash.
    if (begin < end)
        madvise(static_cast<char*>(m_data) + begin, end - begin, MADV_DONTNEED);
}

std::size_t MemoryPages::pageSize()
{
    static const auto size = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return size;
}

} // namespace tcpw
