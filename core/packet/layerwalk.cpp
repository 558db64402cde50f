// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/layerwalk.h"

namespace tcpw {

LayerWalk::LayerWalk(const std::vector<Layer>& layers)
    : m_layers(layers)
{
    if (atEnd())
        return;
    m_size = encodedSize(layer());
    findContentEnd();
}

void LayerWalk::next()
{
    const bool passedTrailer = std::holds_alternative<Trailer>(layer());
    m_offset += m_size;
    ++m_index;
    m_size = atEnd() ? 0 : encodedSize(layer());
    if (passedTrailer)
        findContentEnd();
}

void LayerWalk::findContentEnd()
{
    m_contentEnd = m_offset;
    for (std::size_t i = m_index; i < m_layers.size(); ++i) {
        if (std::holds_alternative<Trailer>(m_layers[i]))
            return;
        m_contentEnd += i == m_index ? m_size : encodedSize(m_layers[i]);
    }
}

} // namespace tcpw
