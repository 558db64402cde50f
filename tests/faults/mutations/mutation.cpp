// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "mutation.h"

#include <algorithm>
#include <random>

namespace tcpw::test {

namespace {

constexpr std::uint32_t oddLengths[]
    = {0, 1, 3, 4, 8, 11, 12, 28, 32, 65535, 65536, 262143, 262144, 262145, 16777212, 16777216,
        16777220, 0x7fff'fffc, 0x7fff'ffff, 0x8000'0000, 0xffff'fff0, 0xffff'fffc, 0xffff'ffff};

/// One change after another to a file.
class Mutator
{
public:
    Mutator(Bytes& file, std::uint32_t seed)
        : m_file(file)
        , m_random(seed)
    {
    }

    void exchangeBytes()
    {
        for (std::size_t i = below(16) + 1; i > 0; --i)
            m_file[place()] = static_cast<std::uint8_t>(m_random());
    }
    void flipBits()
    {
        for (std::size_t i = below(4) + 1; i > 0; --i) {
            std::uint8_t& byte = m_file[place()];
            byte = static_cast<std::uint8_t>(byte ^ 1u << below(8));
        }
    }
    /// In either byte order, mostly where fields of capture files lie.
    void overwriteNumber()
    {
        for (std::size_t i = below(3) + 1; i > 0; --i) {
            std::uint32_t number = below(4) == 0 ? static_cast<std::uint32_t>(m_random())
                                                 : oddLengths[below(std::size(oddLengths))];
            std::size_t at = place();
            at = below(4) == 0 ? at : at / 4 * 4;
            const bool bigEndian = below(2) == 0;
            for (std::size_t k = 0; k < 4 && at + k < m_file.size(); ++k)
                m_file[at + k] = static_cast<std::uint8_t>(number >> 8 * (bigEndian ? 3 - k : k));
        }
    }
    void fill()
    {
        const std::uint8_t byte = below(2) == 0 ? 0 : 0xff;
        const std::size_t at = place();
        std::fill_n(m_file.begin() + std::ptrdiff_t(at),
            std::min(m_file.size() - at, below(300) + 1), byte);
    }
    void moveBytes()
    {
        const std::size_t at = place();
        const std::size_t count = std::min(m_file.size() - at, below(100) + 1);
        const auto begin = m_file.begin() + std::ptrdiff_t(at);
        const Bytes piece(begin, begin + std::ptrdiff_t(count));
        if (below(2) == 0)
            m_file.erase(begin, begin + std::ptrdiff_t(count));
        else
            m_file.insert(m_file.begin() + std::ptrdiff_t(place()), piece.begin(), piece.end());
    }
    void cut() { m_file.resize(place()); }
    std::size_t below(std::size_t limit) { return m_random() % limit; }

private:
    std::size_t place()
    {
        const std::size_t size = m_file.size();
        return below(below(2) == 0 ? std::min<std::size_t>(size, 256) : size);
    }

    Bytes& m_file;
    std::mt19937 m_random;
};

} // namespace

Bytes mutated(Bytes file, std::uint32_t seed)
{
    if (file.empty())
        return file;
    Mutator mutator(file, seed);
    constexpr void (Mutator::*changes[])() = {&Mutator::exchangeBytes, &Mutator::flipBits,
        &Mutator::overwriteNumber, &Mutator::fill, &Mutator::moveBytes, &Mutator::overwriteNumber};
    (mutator.*changes[mutator.below(std::size(changes))])();
    if (mutator.below(5) == 0 && !file.empty())
        mutator.cut();
    return file;
}

} // namespace tcpw::test
