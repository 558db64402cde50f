// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

namespace tcpw {

/// A byte string that holds up to 20 bytes without allocating, as nearly every option's are.
class SmallBytes
{
public:
    static constexpr std::size_t inlineCapacity = 20;

    SmallBytes() = default;
    explicit SmallBytes(ByteView bytes) { assign(bytes); }
    SmallBytes(std::initializer_list<std::uint8_t> bytes)
        : SmallBytes(ByteView(bytes.begin(), bytes.size()))
    {
    }
    SmallBytes(const SmallBytes& other)
        : SmallBytes(other.view())
    {
    }
    SmallBytes(SmallBytes&& other) noexcept { swap(other); }
    SmallBytes& operator=(SmallBytes other) noexcept
    {
        swap(other);
        return *this;
    }
    ~SmallBytes() = default;

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    ByteView view() const { return {m_heap ? m_heap.get() : m_inline.data(), m_size}; }
    std::uint8_t operator[](std::size_t index) const { return view()[index]; }

    friend bool operator==(const SmallBytes& a, const SmallBytes& b)
    {
        return std::ranges::equal(a.view(), b.view());
    }

private:
    void assign(ByteView bytes)
    {
        m_size = static_cast<std::uint32_t>(bytes.size());
        std::uint8_t* target = m_inline.data();
        if (bytes.size() > inlineCapacity) {
            m_heap = std::make_unique<std::uint8_t[]>(bytes.size());
            target = m_heap.get();
        }
        std::copy(bytes.begin(), bytes.end(), target);
    }
    void swap(SmallBytes& other) noexcept
    {
        std::swap(m_inline, other.m_inline);
        std::swap(m_heap, other.m_heap);
        std::swap(m_size, other.m_size);
    }

    std::array<std::uint8_t, inlineCapacity> m_inline{};
    std::uint32_t m_size = 0;
    std::unique_ptr<std::uint8_t[]> m_heap;
};

} // namespace tcpw
