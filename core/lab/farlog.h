// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/far.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace tcpw {

/// The last 1,000 things that happened at the far end. Used by any thread.
class FarLog
{
public:
    using Callback = std::function<void(const FarEvent&)>;

    /// Returns when the one before is not running any more.
    void setCallback(Callback callback);

    void add(std::uint32_t socket, std::string text);
    std::vector<FarEvent> events() const;

private:
    mutable std::mutex m_eventsMutex; ///< guards m_events
    std::deque<FarEvent> m_events;
    std::mutex m_callbackMutex; ///< guards m_callback, and is held while it runs
    Callback m_callback;
};

/// The bytes in quotation marks, at most `limit` of them; what is not printable ASCII is escaped.
std::string quoted(ByteView bytes, std::size_t limit = 100);

} // namespace tcpw
