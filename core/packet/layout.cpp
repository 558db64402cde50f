// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/layerwalk.h"
#include "packet/packet.h"

namespace tcpw {

std::vector<Extent> layout(const Packet& packet)
{
    std::vector<Extent> extents;
    extents.reserve(packet.layers.size());
    for (LayerWalk walk(packet.layers); !walk.atEnd(); walk.next())
        extents.push_back({walk.offset(), walk.size()});
    return extents;
}

} // namespace tcpw
