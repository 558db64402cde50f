// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "measure.h"

#include <QTimer>

#include <algorithm>

namespace tcpw::bench {

/// Beats in the event loop, and tells how long it was kept from that: by the clock, which counts
/// other programs too, and by the thread's own work.
class Heartbeat
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(interval);
        QObject::connect(&m_timer, &QTimer::timeout, [this] { beat(); });
        m_timer.start();
    }
    void begin()
    {
        m_wall = wallSeconds();
        m_cpu = threadSeconds();
        m_longest = {};
    }
    Cost longest() const { return m_longest; }

private:
    void beat()
    {
        const double wall = wallSeconds(), cpu = threadSeconds();
        m_longest.wall = std::max(m_longest.wall, wall - m_wall - interval / 1000.0);
        m_longest.cpu = std::max(m_longest.cpu, cpu - m_cpu);
        m_wall = wall;
        m_cpu = cpu;
    }

    static constexpr int interval = 2; // ms
    QTimer m_timer;
    double m_wall = 0;
    double m_cpu = 0;
    Cost m_longest;
};

} // namespace tcpw::bench
