// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <array>

namespace tcpw {

/// Goes through the layers of a packet from the outermost inwards, and knows where each lies in the
/// encoded bytes. Their sizes must not change meanwhile.
class LayerWalk
{
public:
    explicit LayerWalk(const std::vector<Layer>& layers);

    bool atEnd() const { return m_index == m_layers.size(); }
    void next();

    std::size_t index() const { return m_index; }
    const Layer& layer() const { return m_layers[m_index]; }
    /// The layer behind this one, or null.
    const Layer* following() const
    {
        return m_index + 1 < m_layers.size() ? &m_layers[m_index + 1] : nullptr;
    }
    std::size_t offset() const { return m_offset; } ///< in bytes, from the packet's start
    std::size_t size() const { return m_size; } ///< in bytes, of this layer alone
    /// The bytes from this layer's first to the end of what an IP length counts: up to the first
    /// trailer behind it.
    std::size_t covered() const { return m_contentEnd - m_offset; }
    std::size_t sizeOf(std::size_t index) const
    {
        return index < remembered ? m_sizes[index] : encodedSize(m_layers[index]);
    }
    std::size_t total() const { return m_total; } ///< in bytes, of the whole packet

private:
    static constexpr std::size_t remembered = 8; // more than nearly every packet has

    void findContentEnd();

    const std::vector<Layer>& m_layers;
    std::size_t m_index = 0;
    std::size_t m_offset = 0;
    std::size_t m_size = 0;
    std::size_t m_contentEnd = 0;
    std::size_t m_total = 0;
    std::array<std::size_t, remembered> m_sizes{};
};

inline void LayerWalk::next()
{
    const bool passedTrailer = std::holds_alternative<Trailer>(layer());
    m_offset += m_size;
    ++m_index;
    m_size = atEnd() ? 0 : sizeOf(m_index);
    if (passedTrailer)
        findContentEnd();
}

} // namespace tcpw
