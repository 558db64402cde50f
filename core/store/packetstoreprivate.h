// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/bytesource.h"
#include "store/capturereader.h"
#include "store/devicenames.h"
#include "store/packetindexlist.h"
#include "store/spool.h"

#include <map>
#include <mutex>
#include <vector>

namespace tcpw {

/// The parts of a store: an index, and a spool or an opened file.
class PacketStore::Private
{
public:
    int file() const { return spool ? spool->file() : opened.get(); }

    /// How many bytes before a packet's are read with them, to see whether the file has changed:
    /// its original length, which the index knows.
    static constexpr std::size_t guardSize = 4;
    bool guarded = true;
    /// Whether the bytes before a packet are what they were when it was indexed.
    bool guardHolds(ByteView guard, const PacketRecord& record) const;
    static tl::unexpected<Error> changed(std::size_t index);
    static tl::unexpected<Error> unreadable(std::size_t index, int error);
    /// Fails when this packet is not there, or no longer. Asked again after reading: what was
    /// dropped meanwhile may have been zeros.
    Result<void> isThere(std::size_t packet) const;

    /// Indexes what the reader finds until the end, or until `progress` says to stop.
    bool readOn(const std::function<bool(double)>& progress, std::size_t most);
    double share() const; ///< of the file that is read
    void keepProblem(const std::string& full);

    /// A comment in an opened file. There are few, so they are kept apart from the index.
    struct Comment
    {
        std::size_t packet;
        FoundComment place;
    };
    void noteComments(const FoundPacket& packet);

    std::string path;
    PacketIndexList index;
    DeviceNames deviceNames;
    mutable std::mutex commentLock; ///< guards the two below
    std::map<std::size_t, std::vector<std::string>> ownComments; ///< by packet, also empty ones
    std::vector<Comment> comments; ///< by their packets' numbers
    std::unique_ptr<Spool> spool; ///< of a live store
    std::atomic<std::uint64_t> generation = 0; ///< grows with each clear()

    FileDescriptor opened; ///< of an opened file
    std::unique_ptr<FileSource> source;
    std::unique_ptr<CaptureReader> reader;
    std::string problem;
    std::string unpackProblem;
    bool whole = true; ///< false while a part of the file is still to be read
    bool unpacked = false; ///< `opened` is a file of our own with what was compressed
};

} // namespace tcpw
