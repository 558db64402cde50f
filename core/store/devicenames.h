// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace tcpw {

/// What the devices of a store are called, by the numbers in its records. Used by several threads:
/// m_mutex guards the names.
class DeviceNames
{
public:
    void set(std::uint8_t number, std::string name)
    {
        const std::lock_guard lock(m_mutex);
        m_names[number] = std::move(name);
    }

    void set(const std::map<std::uint8_t, std::string>& names)
    {
        const std::lock_guard lock(m_mutex);
        m_names = names;
    }

    /// "" when nothing is known.
    std::string of(std::uint8_t number) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_names.find(number);
        return found == m_names.end() ? std::string() : found->second;
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::uint8_t, std::string> m_names;
};

} // namespace tcpw
