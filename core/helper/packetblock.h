// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytereader.h"
#include "base/bytewriter.h"
#include "base/packetbatch.h"

namespace tcpw {

/// Some packets of a batch that stand together.
struct PacketRange
{
    std::size_t first = 0;
    std::size_t count = 0;
};

/// Appends packets in a compact form: a count, 20 bytes a packet, then the bytes of all of them in
/// one piece.
void writePackets(ByteWriter& writer, const PacketBatch& batch, PacketRange range);

/// Reads what writePackets() wrote, up to the end of the bytes; false when it is something else.
bool readPackets(ByteReader& reader, PacketBatch& batch);

/// The bytes that writePackets() takes for `count` packets of `byteCount` bytes together.
std::size_t packetBlockSize(std::size_t count, std::size_t byteCount);

/// The longest run of packets from `first` on whose block takes at most `limit` bytes; one packet
/// at least, if there is one.
PacketRange packetsThatFit(const PacketBatch& batch, std::size_t first, std::size_t limit);

} // namespace tcpw
