// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/packetindexlist.h"

#include <vector>

namespace tcpw {

/// Turns the packets at the beginning of a spool into blocks that every reader of pcapng passes
/// over, and makes holes of these. Each grows to 16 MiB, the most that readers take; blocks between
/// packets that are not packets stay.
class DroppedBlocks
{
public:
    /// Packets begin at this offset of the file; none is dropped.
    void restart(std::uint64_t offset);
    /// Tells of a block that must stay, behind those told of before.
    void keep(std::uint64_t offset, std::uint64_t length);
    /// Drops the packets before `packet`, whose block (or the end of the file) is at `end`; gives
    /// errno, or 0. What could not be turned stays as it is for good. Where the file system makes
    /// no holes (vfat, NFS before 4.2), the file is as right but keeps its size on the disk.
    int dropBefore(int file, std::size_t packet, std::uint64_t end, const PacketIndexList& index);

private:
    struct Extent
    {
        std::uint64_t offset;
        std::uint64_t length;
    };
    int turn(int file, std::size_t packet, std::uint64_t end, const PacketIndexList& index);
    bool passKept();
    std::uint64_t reach(std::size_t packet, std::uint64_t end, const PacketIndexList& index) const;
    int extend(int file, std::uint64_t end);
    void makeHole(int file, std::uint64_t end) const;

    std::vector<Extent> m_kept; ///< not before m_end
    std::size_t m_packet = 0; ///< the first one that is not dropped
    std::uint64_t m_begin = 0; ///< of the last block that was made
    std::uint64_t m_end = 0; ///< of it; equal where the next one begins
};

} // namespace tcpw
