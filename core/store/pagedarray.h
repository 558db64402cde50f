// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/memorypages.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <memory>
#include <type_traits>

namespace tcpw {

/// A long array that never moves, in chunks of whole memory pages: only what was written to and
/// some hundred kilobytes behind it cost memory, and those at its beginning can be given back while
/// others read. One thread makes room, writes and gives back; any thread may read entries of which
/// it was told with release and acquire.
template <typename T> class PagedArray
{
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    static constexpr std::size_t maximumLength = std::size_t{1} << 31; ///< in entries

    PagedArray()
        : m_chunks(std::make_unique<MemoryPages[]>(maximumChunks))
    {
    }

    const T& operator[](std::size_t index) const { return chunk(index)[index % chunkLength]; }
    T& operator[](std::size_t index) { return chunk(index)[index % chunkLength]; }

    /// Makes room for the entry `index`, which must be below maximumLength; false when there
    /// is no memory.
    bool reserve(std::size_t index)
    {
        MemoryPages& pages = m_chunks[index / chunkLength];
        if (!pages.valid())
            pages = MemoryPages(chunkLength * sizeof(T));
        if (const std::size_t begin = index % chunkLength; pages.valid() && begin % stretch == 0)
            pages.prepare(begin * sizeof(T), (begin + stretch) * sizeof(T));
        return pages.valid();
    }

    /// Gives back the memory of entries before `end`; those before `begin` were given back already.
    /// Who still reads such an entry sees what it was, or zeros where its page is gone.
    void giveBack(std::size_t begin, std::size_t end)
    {
        while (begin < end) {
            const std::size_t start = begin / chunkLength * chunkLength;
            const std::size_t stop = std::min(end, start + chunkLength);
            m_chunks[begin / chunkLength].giveBack(
                (begin - start) * sizeof(T), (stop - start) * sizeof(T));
            begin = stop;
        }
    }

    /// Frees all; nobody may be reading.
    void clear()
    {
        for (std::size_t i = 0; i < maximumChunks; ++i) // not every array begins with the first
            m_chunks[i] = {};
    }

private:
    static constexpr std::size_t chunkLength = std::size_t{1} << 20; // 24 MiB of packets' index
    static constexpr std::size_t stretch = std::size_t{1} << 13; ///< whole pages of 4 KiB
    static constexpr std::size_t maximumChunks = maximumLength / chunkLength;

    T* chunk(std::size_t index) const
    {
        assert(m_chunks[index / chunkLength].valid());
        return static_cast<T*>(m_chunks[index / chunkLength].data());
    }

    std::unique_ptr<MemoryPages[]> m_chunks;
};

} // namespace tcpw
