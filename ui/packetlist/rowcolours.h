// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/packetlisttext.h"

#include <QVariant>

namespace tcpw {

/// The colour behind a row, by who sent the packet, or none. Of rows that do not stand out only
/// those of the own kernel have one: what it sent surprises people.
QVariant rowGround(const ListedPacket& packet, bool standsOut);

/// The colour of a cell's text, or none for the usual one: From by who sent the packet, the others
/// by what is wrong with it, which Info says in words as well.
QVariant cellColour(const ListedPacket& packet, PacketListColumn column);

} // namespace tcpw
