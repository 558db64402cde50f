// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/optionlist.h"

namespace tcpw {

void OptionList::reserve(std::size_t capacity)
{
    if (capacity <= m_capacity)
        return;
    std::allocator<Option> allocator;
    Option* const room = allocator.allocate(capacity);
    std::uninitialized_move(begin(), end(), room);
    std::destroy(begin(), end());
    if (isOnHeap())
        allocator.deallocate(m_heap, m_capacity);
    m_heap = room;
    m_capacity = static_cast<std::uint32_t>(capacity);
}

void OptionList::append(const Option* from, const Option* to)
{
    reserve(m_size + static_cast<std::size_t>(to - from));
    std::uninitialized_copy(from, to, end());
    m_size += static_cast<std::uint32_t>(to - from);
}

/// Takes over what the other has; this one has nothing that would need to be destroyed.
void OptionList::take(OptionList& other) noexcept
{
    m_size = std::exchange(other.m_size, 0);
    m_capacity = inlineCapacity;
    if (other.isOnHeap()) {
        m_heap = other.m_heap;
        m_capacity = std::exchange(other.m_capacity, inlineCapacity);
        return;
    }
    std::uninitialized_move_n(other.m_inline, m_size, m_inline);
    std::destroy_n(other.m_inline, m_size);
}

void OptionList::release()
{
    clear();
    if (isOnHeap())
        std::allocator<Option>().deallocate(m_heap, m_capacity);
    m_capacity = inlineCapacity;
}

} // namespace tcpw
