// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/tracker.h"
#include "store/packetstore.h"

#include <functional>

class QString;

namespace tcpw {

/// Calls `visit(index, record, bytes, tracked)` for each packet of an opened file, in order, with
/// what `tracker` says of it; stops when that gives false. Fails where the file cannot be read any
/// more.
using TrackedVisit
    = std::function<bool(std::size_t, const PacketRecord&, ByteView, const TrackedPacket&)>;
Result<void> visitTracked(const PacketStore& store, Tracker& tracker, const TrackedVisit& visit);

/// Opens the capture file of a command line.
Result<std::unique_ptr<PacketStore>> openCapture(const QString& path);

} // namespace tcpw
