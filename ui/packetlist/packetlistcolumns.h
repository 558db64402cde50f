// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <Qt>

namespace tcpw {

/// The columns of the packet list, from left to right.
enum class PacketListColumn
{
    number,
    time, ///< seconds since the first packet
    from,
    source,
    destination,
    flags,
    sequence, ///< relative to the direction's first
    acknowledgment, ///< relative likewise
    window,
    length, ///< bytes of data
    info,
};
inline constexpr int packetListColumnCount = 11;

/// What the model gives besides Qt's own roles.
namespace PacketListRole {
inline constexpr int Packet = Qt::UserRole + 1; ///< the packet's number in the store, from 0
inline constexpr int Origin = Qt::UserRole + 2; ///< a tcpw::Origin as int
} // namespace PacketListRole

} // namespace tcpw
