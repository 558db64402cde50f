// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>

namespace tcpw {

/// A byte string that holds up to 20 bytes without allocating, as nearly every option's are.
class SmallBytes
{
public:
    static constexpr std::size_t inlineCapacity = 20;

    SmallBytes() = default;
    explicit SmallBytes(ByteView bytes) { fill(bytes); }
    SmallBytes(std::initializer_list<std::uint8_t> bytes)
        : SmallBytes(ByteView(bytes.begin(), bytes.size()))
    {
    }
    SmallBytes(const SmallBytes& other) { fill(other.view()); }
    // No more than there is: reading more than was just written makes the processor wait.
    SmallBytes(SmallBytes&& other) noexcept
        : m_size(std::exchange(other.m_size, 0))
    {
        std::memcpy(m_storage.data(), other.m_storage.data(), isOnHeap() ? sizeof(void*) : m_size);
    }
    SmallBytes& operator=(SmallBytes other) noexcept
    {
        std::swap(m_size, other.m_size);
        std::swap(m_storage, other.m_storage);
        return *this;
    }
    ~SmallBytes() { release(); }

    /// Takes over a copy of bytes that are not its own.
    void assign(ByteView bytes)
    {
        release();
        fill(bytes);
    }

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    ByteView view() const { return {isOnHeap() ? heap() : m_storage.data(), m_size}; }
    std::uint8_t operator[](std::size_t index) const { return view()[index]; }

    friend bool operator==(const SmallBytes& a, const SmallBytes& b)
    {
        return std::ranges::equal(a.view(), b.view());
    }

private:
    bool isOnHeap() const { return m_size > inlineCapacity; }
    std::uint8_t* heap() const
    {
        std::uint8_t* address = nullptr;
        std::memcpy(&address, m_storage.data(), sizeof address);
        return address;
    }
    void fill(ByteView bytes)
    {
        if (bytes.size() > inlineCapacity) {
            auto* const target = new std::uint8_t[bytes.size()];
            std::memcpy(m_storage.data(), &target, sizeof target);
            std::copy(bytes.begin(), bytes.end(), target);
        } else {
            copyFew(bytes.data(), m_storage.data(), bytes.size());
        }
        m_size = static_cast<std::uint32_t>(bytes.size());
    }
    /// As std::copy, without a call: two pieces of one size that overlap where the bytes are fewer.
    static void copyFew(const std::uint8_t* from, std::uint8_t* to, std::size_t size)
    {
        static_assert(inlineCapacity <= 32);
        if (size >= 16)
            copyEnds<16>(from, to, size);
        else if (size >= 8)
            copyEnds<8>(from, to, size);
        else if (size >= 4)
            copyEnds<4>(from, to, size);
        else if (size >= 2)
            copyEnds<2>(from, to, size);
        else if (size == 1)
            *to = *from;
    }
    template <std::size_t piece>
    static void copyEnds(const std::uint8_t* from, std::uint8_t* to, std::size_t size)
    {
        std::memcpy(to, from, piece);
        std::memcpy(to + size - piece, from + size - piece, piece);
    }
    void release()
    {
        if (isOnHeap())
            delete[] heap();
        m_size = 0;
    }

    std::uint32_t m_size = 0;
    /// The bytes, or where on the heap they are; a plain array, as an option is then 28 bytes.
    std::array<std::uint8_t, inlineCapacity> m_storage{};
};

} // namespace tcpw
