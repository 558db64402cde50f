// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "networks.h"

#include <string>
#include <vector>

namespace tcpw {

/// The captures of one command, on a device each; a capture's number is its device's place.
class CaptureRun
{
public:
    /// Finds the devices and opens their networks.
    static Result<CaptureRun> open(const QStringList& names, const BackendEvents& events);

    /// Starts on all of them, or on none. Says on stderr what is not as asked.
    Result<void> start(const std::string& filter);
    /// Stops all. What was captured has been handed over when it returns.
    void stop();

    std::size_t size() const { return m_opened.devices.size(); }
    const std::string& name(std::size_t number) const
    {
        return m_opened.devices[number].second.id.name;
    }
    LinkType linkType(std::size_t number) const { return m_started[number].linkType; }

    /// Of one capture, and of all together; exact once they are stopped.
    const CaptureStatistics& statistics(std::size_t number) const { return m_statistics[number]; }
    CaptureStatistics statistics() const;

private:
    explicit CaptureRun(OpenedDevices opened)
        : m_opened(std::move(opened))
    {
    }
    Result<void> check(const std::string& filter) const;

    OpenedDevices m_opened;
    std::vector<CaptureStarted> m_started;
    std::vector<CaptureStatistics> m_statistics;
};

} // namespace tcpw
