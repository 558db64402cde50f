// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/linkquery.h"

#include <QObject>
#include <QTimer>

#include <map>

namespace tcpw {

/// Tells that a device of this machine came, went or changed, as the kernel says it. Asks for
/// nothing in between, so that it costs no time while nothing happens.
class DeviceWatch : public QObject
{
    Q_OBJECT
public:
    explicit DeviceWatch(QObject* parent = nullptr);

signals:
    void changed(); ///< a list of devices that was read before is old; once for what comes together

private:
    /// What a list of devices shows of one; a wireless device's message may be about something
    /// else.
    struct Shown
    {
        std::string name;
        MacAddress mac;
        std::uint32_t mtu = 0;
        bool up = false;
        bool running = false;
        friend bool operator==(const Shown&, const Shown&) = default;
    };
    void read();
    bool isNews(const nlmsghdr* message);

    NetlinkSocket m_events;
    std::map<std::uint32_t, Shown> m_shown; ///< by index
    QTimer m_settle;
};

} // namespace tcpw
