// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/smallbytes.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace tcpw {

/// One option of a TCP header (RFC 9293, section 3.1) or of an IPv4 header (RFC 791): kinds 0 and 1
/// are a single byte, every other has a length byte, which counts itself and the kind.
struct Option
{
    std::uint8_t kind = 0;
    std::optional<std::uint8_t> length; ///< empty: 2 + the data's size
    SmallBytes data; ///< what follows the length byte
    friend bool operator==(const Option&, const Option&) = default;
};

/// Options in their order, to be used as a std::vector is; a few need no memory of their own, as
/// most segments have no more.
class OptionList
{
public:
    static constexpr std::uint32_t inlineCapacity = 4;
    using value_type = Option;
    using iterator = Option*;
    using const_iterator = const Option*;

    OptionList() { }
    OptionList(std::initializer_list<Option> options) { append(options.begin(), options.end()); }
    OptionList(const std::vector<Option>& options)
    {
        append(options.data(), options.data() + options.size());
    }
    OptionList(const OptionList& other) { append(other.begin(), other.end()); }
    OptionList(OptionList&& other) noexcept { take(other); }
    OptionList& operator=(OptionList other) noexcept
    {
        release();
        take(other);
        return *this;
    }
    ~OptionList()
    {
        if (m_size != 0 || isOnHeap())
            release();
    }

    iterator begin() { return data(); }
    iterator end() { return data() + m_size; }
    const_iterator begin() const { return data(); }
    const_iterator end() const { return data() + m_size; }
    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    Option& operator[](std::size_t index) { return *at(index); }
    const Option& operator[](std::size_t index) const { return *at(index); }
    Option& front() { return *at(0); }
    const Option& front() const { return *at(0); }
    Option& back() { return *at(m_size - 1); }
    const Option& back() const { return *at(m_size - 1); }

    template <typename... Arguments> Option& emplace_back(Arguments&&... arguments)
    {
        if (m_size == m_capacity)
            reserve(2 * std::size_t{m_capacity});
        return *std::construct_at(data() + m_size++, std::forward<Arguments>(arguments)...);
    }
    void push_back(Option option) { emplace_back(std::move(option)); }
    void pop_back()
    {
        std::destroy_at(&back());
        --m_size;
    }
    iterator insert(const_iterator place, Option option)
    {
        const std::ptrdiff_t index = place - begin();
        emplace_back(std::move(option));
        std::rotate(begin() + index, end() - 1, end());
        return begin() + index;
    }
    iterator erase(const_iterator place)
    {
        const iterator hole = begin() + (place - begin());
        std::move(hole + 1, end(), hole);
        pop_back();
        return hole;
    }
    void clear()
    {
        std::destroy(begin(), end());
        m_size = 0;
    }
    void reserve(std::size_t capacity);

    friend bool operator==(const OptionList& a, const OptionList& b)
    {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

private:
    bool isOnHeap() const { return m_capacity > inlineCapacity; }
    Option* data() { return isOnHeap() ? m_heap : m_inline; }
    const Option* data() const { return isOnHeap() ? m_heap : m_inline; }
    Option* at(std::size_t index)
    {
        assert(index < m_size);
        return data() + index;
    }
    const Option* at(std::size_t index) const
    {
        assert(index < m_size);
        return data() + index;
    }
    void append(const Option* from, const Option* to);
    void take(OptionList& other) noexcept;
    void release();

    std::uint32_t m_size = 0;
    std::uint32_t m_capacity = inlineCapacity;
    union
    {
        Option m_inline[inlineCapacity]; ///< the first m_size of them live
        Option* m_heap; ///< when there is room for more
    };
};

} // namespace tcpw
