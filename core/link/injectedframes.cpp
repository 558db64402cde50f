// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/injectedframes.h"

#include <algorithm>
#include <string_view>

namespace tcpw {

InjectedFrames::Key InjectedFrames::keyOf(ByteView bytes, std::size_t length) const
{
    const auto part = bytes.first(std::min<std::size_t>(bytes.size(), m_snapshotLength));
    const std::string_view text(reinterpret_cast<const char*>(part.data()), part.size());
    return {length, std::hash<std::string_view>()(text)};
}

void InjectedFrames::reset(std::uint32_t snapshotLength)
{
    const std::lock_guard lock(m_mutex);
    m_snapshotLength = snapshotLength;
    m_frames.clear();
    m_order.clear();
}

void InjectedFrames::add(ByteView frame, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    forgetOld(now);
    const Key key = keyOf(frame, frame.size());
    m_frames[key].push_back(now);
    m_order.emplace_back(key, now);
}

void InjectedFrames::remove(ByteView frame)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_frames.find(keyOf(frame, frame.size()));
    if (found == m_frames.end())
        return;
    found->second.pop_back();
    if (found->second.empty())
        m_frames.erase(found);
}

bool InjectedFrames::take(ByteView captured, std::size_t originalLength, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    forgetOld(now);
    const auto found = m_frames.find(keyOf(captured, originalLength));
    if (found == m_frames.end())
        return false;
    found->second.pop_front();
    if (found->second.empty())
        m_frames.erase(found);
    return true;
}

void InjectedFrames::forgetOld(Clock::time_point now)
{
    while (!m_order.empty()
        && (m_order.size() >= maximumCount || now - m_order.front().second > maximumAge)) {
        const auto [key, time] = m_order.front();
        const auto found = m_frames.find(key);
        // Those that were taken are not there any more; the first is the oldest.
        if (found != m_frames.end() && found->second.front() <= time) {
            found->second.pop_front();
            if (found->second.empty())
                m_frames.erase(found);
        }
        m_order.pop_front();
    }
}

} // namespace tcpw
