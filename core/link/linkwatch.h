// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/capture.h"
#include "link/linkquery.h"

#include <vector>

namespace tcpw {

/// Tells what happens to one device: link down and up, renamed, gone. Knows it by its index, so a
/// device that takes over the name is not mistaken for it.
class LinkWatch
{
public:
    explicit LinkWatch(const DeviceId& device); ///< of `any` nothing is told

    int descriptor() const; ///< readable when check() is due; -1 when it never is

    /// What happened since the last call; Kind::stopped when the device is gone.
    std::vector<CaptureNotice> check();

    /// The same, asking for the device's state now.
    std::vector<CaptureNotice> lookAgain();

    bool running() const { return m_running; }
    /// Received packets that the device itself lost since the watch began.
    std::uint64_t missed();

private:
    void look(const LinkInfo& link, std::vector<CaptureNotice>& notices);
    void ask(std::vector<CaptureNotice>& notices);
    void leave(std::vector<CaptureNotice>& notices);

    DeviceId m_device;
    NetlinkSocket m_events;
    NetlinkSocket m_queries;
    bool m_running = true;
    bool m_gone = false;
    std::uint64_t m_missedBefore = 0;
    std::uint64_t m_missed = 0;
};

} // namespace tcpw
