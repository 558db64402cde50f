// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/far.h"

#include <array>

namespace tcpw {

namespace {

// In the order of FarVerb.
constexpr std::array<const char*, 12> names{"state", "connect", "listen", "send", "shutdown",
    "close", "abort", "stop-reading", "resume-reading", "patient", "real-timers", "log"};

std::string allNames()
{
    std::string text;
    for (const char* name : names)
        text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

} // namespace

const char* farVerbName(FarVerb verb)
{
    return names.at(static_cast<std::size_t>(verb));
}

Result<FarVerb> parseFarVerb(const std::string& name)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (name == names[i])
            return static_cast<FarVerb>(i);
    }
    return failure("The far end knows no verb \"" + name + "\"; it knows " + allNames() + ".");
}

} // namespace tcpw
