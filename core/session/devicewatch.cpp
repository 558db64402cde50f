// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/devicewatch.h"

#include <QSocketNotifier>

#include <cerrno>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

namespace tcpw {

namespace {

// A device that is made is told of some ten times within a few milliseconds.
constexpr int settleTime = 150; // ms

} // namespace

DeviceWatch::DeviceWatch(QObject* parent)
    : QObject(parent)
    , m_events(RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &DeviceWatch::changed);
    if (m_events.descriptor() < 0)
        return; // the list is then as old as its last reading
    auto* notifier = new QSocketNotifier(m_events.descriptor(), QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &DeviceWatch::read);
}

void DeviceWatch::read()
{
    bool news = false;
    const int problem = m_events.receive([&](const nlmsghdr* message) {
        const bool one = isNews(message);
        news = news || one;
    });
    // Not started anew while it runs: a device that flaps must not keep the list old.
    if ((news || problem == ENOBUFS) && !m_settle.isActive())
        m_settle.start();
}

bool DeviceWatch::isNews(const nlmsghdr* message)
{
    if (message->nlmsg_type == RTM_NEWADDR || message->nlmsg_type == RTM_DELADDR)
        return true;
    if (message->nlmsg_type != RTM_NEWLINK && message->nlmsg_type != RTM_DELLINK)
        return false;
    const LinkInfo link = readLink(message);
    if (message->nlmsg_type == RTM_DELLINK) {
        m_shown.erase(link.index);
        return true;
    }
    Shown now{link.name, link.mac, link.mtu, link.up(), link.running()};
    Shown& before = m_shown[link.index];
    return std::exchange(before, now) != now;
}

} // namespace tcpw
