// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/farlog.h"

#include <algorithm>
#include <chrono>

namespace tcpw {

namespace {

constexpr std::size_t mostEvents = 1000;

std::string escaped(std::uint8_t byte)
{
    switch (byte) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    }
    if (byte >= 0x20 && byte < 0x7f)
        return {static_cast<char>(byte)};
    return "\\x" + toHex(ByteView(&byte, 1));
}

} // namespace

void FarLog::setCallback(Callback callback)
{
    const std::lock_guard lock(m_callbackMutex);
    m_callback = std::move(callback);
}

void FarLog::add(std::uint32_t socket, std::string text)
{
    using namespace std::chrono;
    const auto now = system_clock::now().time_since_epoch();
    const FarEvent event{duration_cast<nanoseconds>(now).count(), socket, std::move(text)};
    {
        const std::lock_guard lock(m_eventsMutex);
        m_events.push_back(event);
        if (m_events.size() > mostEvents)
            m_events.pop_front();
    }
    const std::lock_guard lock(m_callbackMutex);
    if (m_callback)
        m_callback(event);
}

std::vector<FarEvent> FarLog::events() const
{
    const std::lock_guard lock(m_eventsMutex);
    return {m_events.begin(), m_events.end()};
}

std::string quoted(ByteView bytes, std::size_t limit)
{
    std::string text = "\"";
    for (const std::uint8_t byte : bytes.first(std::min(limit, bytes.size())))
        text += escaped(byte);
    text += '"';
    return bytes.size() > limit ? text + " and so on" : text;
}

} // namespace tcpw
