// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/deviceproblems.h"

#include <net/if.h>
#include <net/if_arp.h>

namespace tcpw {

std::string rightsSentence()
{
    return "Needs rights for real devices: sudo app/run --grant";
}

std::string downSentence(const std::string& name)
{
    return name + " is down. Bring it up first: sudo ip link set " + name + " up";
}

std::string goneSentence(const std::string& name)
{
    return name + " is gone: it was removed, or moved to another network namespace.";
}

std::string anyInjectSentence()
{
    return "`any` stands for all devices at once, so nothing can be sent on it: choose the device "
           "that the packet is to leave by.";
}

std::string loopbackInjectSentence(const std::string& name)
{
    return "The kernel silently drops frames to 127.0.0.0/8 that a program puts on " + name
        + ", so nobody would answer. Use the practice network instead: it has a real TCP at its "
          "far end.";
}

std::string notEthernetSentence(const std::string& name)
{
    return name + " carries no Ethernet frames, so packets built here cannot be sent on it.";
}

std::string captureProblem(const LinkInfo& link, bool permitted)
{
    if (!permitted)
        return rightsSentence();
    if (!link.up())
        return downSentence(link.name);
    return {};
}

std::string injectProblem(const LinkInfo& link, bool permitted)
{
    if (link.flags & IFF_LOOPBACK)
        return loopbackInjectSentence(link.name);
    if (link.hardwareType != ARPHRD_ETHER)
        return notEthernetSentence(link.name);
    if (!permitted)
        return rightsSentence();
    if (!link.up())
        return downSentence(link.name);
    return {};
}

} // namespace tcpw
