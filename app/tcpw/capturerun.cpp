// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "capturerun.h"

#include <cstdio>
#include <set>

namespace tcpw {

Result<CaptureRun> CaptureRun::open(const QStringList& names, const BackendEvents& events)
{
    auto opened = openDevices(names, events);
    if (!opened)
        return tl::unexpected<Error>(opened.error());
    return CaptureRun(std::move(*opened));
}

Result<void> CaptureRun::check(const std::string& filter) const
{
    std::set<LinkType> linkTypes;
    for (const auto& [kind, device] : m_opened.devices)
        linkTypes.insert(device.linkType);
    for (const LinkType linkType : linkTypes)
        if (const auto checked = checkFilter(filter, linkType); !checked)
            return checked;
    return {};
}

Result<void> CaptureRun::start(const std::string& filter)
{
    if (!filter.empty())
        if (auto checked = check(filter); !checked)
            return checked;
    for (std::size_t i = 0; i < size(); ++i) {
        CaptureOptions options;
        options.device = m_opened.devices[i].second.id;
        options.number = static_cast<std::uint8_t>(i);
        options.filter = filter;
        auto started = m_opened.backend(i).startCapture(options);
        if (!started) {
            stop();
            return tl::unexpected<Error>(started.error());
        }
        if (!started->warning.empty())
            std::fprintf(stderr, "tcpw: %s\n", started->warning.c_str());
        m_started.push_back(std::move(*started));
    }
    return {};
}

void CaptureRun::stop()
{
    m_statistics.assign(size(), {});
    for (std::size_t i = 0; i < m_started.size(); ++i)
        if (const auto last = m_opened.backend(i).stopCapture(static_cast<std::uint8_t>(i)))
            m_statistics[i] = *last;
}

CaptureStatistics CaptureRun::statistics() const
{
    CaptureStatistics sum;
    for (const CaptureStatistics& each : m_statistics)
        sum += each;
    return sum;
}

} // namespace tcpw
