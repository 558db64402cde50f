// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"

#include <optional>
#include <span>

namespace tcpw {

/// Some packets of a batch that stand together.
struct PacketRange
{
    std::size_t first = 0;
    std::size_t count = 0;
};

/// Fills a block of packetBlockSize() bytes with packets in a compact form: a count, 20 bytes a
/// packet, then the bytes of all of them in one piece.
void writePackets(std::span<std::uint8_t> block, const PacketBatch& batch, PacketRange range);

/// The packets of a block that writePackets() filled; their bytes stay in it. Nothing when it is
/// something else.
std::optional<PacketBatch> packetsIn(ByteView block);

/// In bytes.
std::size_t packetBlockSize(const PacketBatch& batch, PacketRange range);

/// The longest run of packets from `first` on whose block takes at most `limit` bytes; one packet
/// at least, if there is one.
PacketRange packetsThatFit(const PacketBatch& batch, std::size_t first, std::size_t limit);

} // namespace tcpw
