// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstddef>
#include <utility>

namespace tcpw {

/// Owns memory pages of zeros, straight from the system, so that they can be given back one by one.
class MemoryPages
{
public:
    MemoryPages() = default;
    /// Not valid() when there is no memory.
    explicit MemoryPages(std::size_t size);
    MemoryPages(MemoryPages&& other) noexcept
        : m_data(std::exchange(other.m_data, nullptr))
        , m_size(std::exchange(other.m_size, 0))
    {
    }
    MemoryPages& operator=(MemoryPages&& other) noexcept
    {
        std::swap(m_data, other.m_data);
        std::swap(m_size, other.m_size);
        return *this;
    }
    ~MemoryPages();

    bool valid() const { return m_data != nullptr; }
    void* data() const { return m_data; }

    /// Asks the system for the memory of the bytes from `begin`, where a page begins, to `end`:
    /// that costs less than page by page, when each is first written. Where it does not know how
    /// (before Linux 5.14) or has too little, nothing changes.
    void prepare(std::size_t begin, std::size_t end);

    /// Gives back the pages of the bytes from `begin` to `end` that lie wholly before `end`. They
    /// stay readable, as zeros: another thread may be reading them at this moment.
    void giveBack(std::size_t begin, std::size_t end);

    static std::size_t pageSize(); ///< in bytes

private:
    void* m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace tcpw
