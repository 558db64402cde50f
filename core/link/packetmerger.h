// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"

#include <vector>

namespace tcpw {

/// Brings the packets of several capture rings into one order, by the kernel's time stamps. Within
/// a ring the order stays as it is.
class PacketMerger
{
public:
    explicit PacketMerger(std::size_t rings);

    void append(std::size_t ring, const PacketRecord& record, ByteView bytes);

    /// Says whether the kernel had anything left for this ring when asked after the last append()
    /// to all of them. If not, then nothing older than what is here can still come from it.
    void setDrained(std::size_t ring, bool drained);

    bool empty() const;
    std::size_t waitingBytes(std::size_t ring) const;

    /// The packets that nothing older can come before any more.
    PacketBatch take();

    /// Everything, in the best order known.
    PacketBatch takeAll();

private:
    struct Ring
    {
        PacketBatch packets;
        std::size_t next = 0; ///< the first that was not taken
        std::int64_t newest = 0; ///< time stamp of the last appended
        bool drained = false;
        std::size_t usualCount = 0; ///< of packets in what was taken at once
        std::size_t usualBytes = 0;

        bool waiting() const { return next < packets.size(); }
        std::int64_t oldest() const { return packets.record(next).timestamp; }
    };
    static PacketBatch takeWhole(Ring& ring);
    Ring* ringOfOldest();
    bool safe(const Ring& oldest) const;
    PacketBatch merge(bool everything);

    std::vector<Ring> m_rings;
};

} // namespace tcpw
