// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/linkwatch.h"

#include "link/deviceproblems.h"

#include <cerrno>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

namespace tcpw {

namespace {

std::string linkDownSentence(const LinkInfo& link)
{
    if (!link.up())
        return link.name
            + " was taken down. Nothing is captured or sent until it is up again: "
              "sudo ip link set "
            + link.name + " up";
    return "The link of " + link.name
        + " is down: the cable is out, or the other end is down. The capture goes on when it is "
          "back.";
}

} // namespace

LinkWatch::LinkWatch(const DeviceId& device)
    : m_device(device)
    , m_events(device.index == 0 ? 0 : RTMGRP_LINK)
{
    if (const auto link = findLink(m_queries, device.index)) {
        m_running = link->running();
        m_missedBefore = link->missed;
    }
}

int LinkWatch::descriptor() const
{
    return m_device.index == 0 ? -1 : m_events.descriptor();
}

std::vector<CaptureNotice> LinkWatch::check()
{
    std::vector<CaptureNotice> notices;
    const int problem = m_events.receive([this, &notices](const nlmsghdr* message) {
        if (message->nlmsg_type != RTM_NEWLINK && message->nlmsg_type != RTM_DELLINK)
            return;
        const LinkInfo link = readLink(message);
        if (link.index != m_device.index)
            return;
        if (message->nlmsg_type == RTM_NEWLINK)
            look(link, notices);
        else
            ask(notices); // a bridge's message about a port is of this type, too
    });
    if (problem == ENOBUFS)
        ask(notices); // messages were lost
    return notices;
}

std::vector<CaptureNotice> LinkWatch::lookAgain()
{
    std::vector<CaptureNotice> notices;
    ask(notices);
    return notices;
}

void LinkWatch::look(const LinkInfo& link, std::vector<CaptureNotice>& notices)
{
    if (!link.name.empty() && link.name != m_device.name) {
        notices.push_back({CaptureNotice::Kind::renamed, 0,
            m_device.name + " is called " + link.name + " now. The capture goes on."});
        m_device.name = link.name;
    }
    if (link.running() != m_running) {
        m_running = link.running();
        if (m_running)
            notices.push_back({CaptureNotice::Kind::linkUp, 0,
                "The link of " + link.name + " is up again. The capture goes on."});
        else
            notices.push_back({CaptureNotice::Kind::linkDown, 0, linkDownSentence(link)});
    }
}

void LinkWatch::ask(std::vector<CaptureNotice>& notices)
{
    if (m_gone || m_device.index == 0)
        return;
    if (const auto link = findLink(m_queries, m_device.index))
        look(*link, notices);
    else
        leave(notices);
}

void LinkWatch::leave(std::vector<CaptureNotice>& notices)
{
    m_gone = true;
    // That it went down on its way out is no news, and nothing that can be mended.
    std::erase_if(notices,
        [](const CaptureNotice& notice) { return notice.kind == CaptureNotice::Kind::linkDown; });
    notices.push_back({CaptureNotice::Kind::stopped, 0,
        goneSentence(m_device.name) + " The capture has ended; what it has captured is kept."});
}

std::uint64_t LinkWatch::missed()
{
    if (const auto link = findLink(m_queries, m_device.index); link && !m_gone)
        m_missed = link->missed - m_missedBefore;
    return m_missed;
}

} // namespace tcpw
