// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/bytewindow.h"

#include <algorithm>
#include <cassert>

namespace tcpw {

ByteWindow::ByteWindow(ByteSource& source)
    : m_source(source)
    , m_buffer(std::make_unique_for_overwrite<std::uint8_t[]>(capacity))
{
}

ByteView ByteWindow::at(std::uint64_t offset, std::size_t count)
{
    assert(count <= capacity);
    const bool inside = offset >= m_start && offset - m_start <= m_count
        && count <= m_count - static_cast<std::size_t>(offset - m_start);
    if (!inside)
        fill(offset, count);
    const auto skipped = static_cast<std::size_t>(offset - m_start);
    return ByteView(m_buffer.get(), m_count).subspan(skipped, std::min(count, m_count - skipped));
}

void ByteWindow::refresh()
{
    m_count = 0;
    m_error = 0;
}

void ByteWindow::fill(std::uint64_t offset, std::size_t count)
{
    constexpr std::size_t usual = 64 * 1024; // more is no faster
    m_start = offset;
    m_count = 0;
    m_error = 0;
    if (offset >= m_source.size())
        return;
    const auto wanted = std::min<std::uint64_t>(std::max(count, usual), m_source.size() - offset);
    const auto got = m_source.read(offset, {m_buffer.get(), static_cast<std::size_t>(wanted)});
    m_count = got.count;
    m_error = got.error; // what was read before a bad place is used all the same
}

} // namespace tcpw
