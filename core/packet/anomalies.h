// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/packet.h"

#include <string>
#include <vector>

namespace tcpw {

/// Something in a packet that its RFC does not allow or that does not fit its bytes.
struct Anomaly
{
    std::size_t layer = 0; ///< index in the packet's layers
    std::string field; ///< the field's name, or "" for the whole layer
    std::string text; ///< "data offset 4: less than the 5 words a header needs"
};

/// All anomalies of the packet, in the order of its layers. `originalLength` is the frame's length
/// on the wire in bytes; more than its encoded size: the capture cut it, which is no anomaly.
std::vector<Anomaly> anomalies(const Packet& packet, std::size_t originalLength);

} // namespace tcpw
