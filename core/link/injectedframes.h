// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <chrono>
#include <deque>
#include <mutex>
#include <unordered_map>

namespace tcpw {

/// Remembers what was really injected, to know it again among what goes out where the kernel does
/// not let us mark it. Used by two threads: m_mutex guards all members.
class InjectedFrames
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t maximumCount = 65536; ///< the oldest are forgotten first
    static constexpr std::chrono::seconds maximumAge{5};

    /// Forgets everything; from now on frames are told by their first `length` bytes.
    void reset(std::uint32_t snapshotLength);

    /// To be called before the frame is sent, as the capture may see it at once.
    void add(ByteView frame, Clock::time_point now = Clock::now());
    /// The frame was not sent after all.
    void remove(ByteView frame);
    /// Tells whether a captured frame is one of those, which is used up by that: the same bytes
    /// once more are another's.
    bool take(ByteView captured, std::size_t originalLength, Clock::time_point now = Clock::now());

private:
    struct Key
    {
        std::size_t length = 0;
        std::size_t hash = 0;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash
    {
        std::size_t operator()(const Key& key) const { return key.hash ^ key.length; }
    };
    Key keyOf(ByteView bytes, std::size_t length) const;
    void forgetOld(Clock::time_point now);

    std::mutex m_mutex;
    std::uint32_t m_snapshotLength = 262144;
    std::unordered_map<Key, std::deque<Clock::time_point>, KeyHash> m_frames; ///< oldest first
    std::deque<std::pair<Key, Clock::time_point>> m_order; ///< also of those taken
};

} // namespace tcpw
