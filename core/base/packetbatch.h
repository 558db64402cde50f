// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "base/linktype.h"

#include <cstddef>

namespace tcpw {

/// Who put a packet on the wire, as the engine beside the handles saw it.
enum class Origin : std::uint8_t
{
    unknown, ///< a file that does not say
    me, ///< went out, and we injected it
    kernel, ///< went out, and we did not: this machine's own stack, for any program
    peer, ///< came in
};

/// "me", "kernel", "peer", or "" when unknown.
const char* originName(Origin origin);

/// What is known of a captured packet besides its bytes.
struct PacketRecord
{
    std::int64_t timestamp = 0; ///< in nanoseconds since 1970-01-01 00:00 UTC
    std::uint32_t capturedLength = 0; ///< in bytes
    std::uint32_t originalLength = 0; ///< in bytes, on the wire
    LinkType linkType = LinkType::ethernet;
    std::uint8_t device = 0; ///< the number of the device, as its engine or file counts them
    Origin origin = Origin::unknown;
};

/// Captured packets in the order of their arrival, in two blocks of memory however many they are.
class PacketBatch
{
public:
    /// Appends a packet; its capturedLength becomes the size of `bytes`.
    void append(PacketRecord record, ByteView bytes);
    void clear();

    bool empty() const { return m_records.empty(); }
    std::size_t size() const { return m_records.size(); }
    std::size_t byteCount() const { return m_bytes.size(); }
    const PacketRecord& record(std::size_t index) const { return m_records[index]; }
    ByteView bytes(std::size_t index) const
    {
        return ByteView(m_bytes).subspan(m_offsets[index], m_records[index].capturedLength);
    }

private:
    std::vector<PacketRecord> m_records;
    std::vector<std::size_t> m_offsets;
    Bytes m_bytes;
};

} // namespace tcpw
