// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/packetreading.h"

#include <functional>
#include <vector>

namespace tcpw {

/// Numbers that order packets as a column of theirs does: the smaller first, equal ones equal. One
/// for each of `packets`; empty when `stop`, asked now and then and by two threads, says so.
/// Packets that have nothing in the column come first. Any thread may call it.
std::vector<quint64> sortKeys(const RowSource& source, const std::vector<quint32>& packets,
    PacketListColumn column, const ListStyle& style, const std::function<bool()>& stop);

} // namespace tcpw
