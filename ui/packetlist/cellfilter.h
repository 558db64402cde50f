// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/packetlisttext.h"

namespace tcpw {

/// The display filter that shows the packets which have in this column what this one has; "" where
/// no filter says it.
QString cellFilter(const ListedPacket& packet, PacketListColumn column);

/// What shows only packets that both filters show; an empty one shows all.
QString filterAnd(const QString& filter, const QString& other);
/// What shows the packets of `filter` but not those of `other`.
QString filterWithout(const QString& filter, const QString& other);

} // namespace tcpw
