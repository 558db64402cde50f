// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/checksum.h"
#include "packet/fields.h"

namespace tcpw {

Packet editable(const Packet& captured, std::size_t originalLength)
{
    Packet packet = captured;
    for (std::size_t layer = 0; layer < captured.layers.size(); ++layer) {
        if (checksumState(captured, layer, originalLength) != ChecksumState::offload)
            continue;
        for (const Field& field : layerType(captured.layers[layer]).fields)
            if (isChecksum(field)) // and every computed field takes the empty value
                static_cast<void>(field.set(packet.layers[layer], std::monostate()));
    }
    return packet;
}

} // namespace tcpw
