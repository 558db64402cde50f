// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/filter.h"

#include "link/packetfilter.h"

namespace tcpw {

Result<void> compileFilter(const std::string& filter, LinkType linkType)
{
    if (const auto compiled = PacketFilter::compile(filter, linkType); !compiled)
        return failure(compiled.error().message);
    return {};
}

} // namespace tcpw
