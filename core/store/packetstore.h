// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"

#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace tcpw {

/// One packet in the index; everything else is in the file.
struct PacketIndex
{
    std::int64_t timestamp; ///< in nanoseconds since 1970
    std::uint32_t offsetLow; ///< of the packet's bytes in the file, lower 32 bits
    std::uint32_t capturedLength; ///< in bytes
    std::uint32_t originalLength; ///< in bytes
    std::uint16_t offsetHigh; ///< upper 16 bits of the offset
    std::uint8_t device;
    std::uint8_t
        kind; ///< origin in the upper 2 bits, number of the link type in the store's list below
};
static_assert(sizeof(PacketIndex) == 24, "the index is what a capture costs in memory");

/// Captured packets: bytes in a file, an index in memory in chunks that never move. One thread
/// appends and drops; any thread may read what size() has told it. Who reads many packets in order
/// takes a PacketReader (store/packetreader.h).
class PacketStore
{
public:
    /// A store for a live capture, with a spool file (pcapng, mode 0600) in `folder`, which is
    /// made.
    static Result<std::unique_ptr<PacketStore>> create(const std::string& folder);

    /// A store of an opened capture file, indexed where it lies. Packets that are whole are there
    /// even when the file breaks off: problem() then says where and how. What is compressed with
    /// gzip is unpacked into a file without a name in spoolFolder(). `progress` gets the share done
    /// and returns false to cancel.
    /// Stops after `most` packets; readOn() goes on from there.
    static Result<std::unique_ptr<PacketStore>> open(const std::string& path,
        const std::function<bool(double)>& progress = {},
        std::size_t most = std::numeric_limits<std::size_t>::max());

    /// Indexes the rest of an opened file that open() left, on the thread that appends; others may
    /// read meanwhile. Cancelled, it keeps what it has, and problem() says so.
    void readOn(const std::function<bool(double)>& progress = {});
    /// Whether it is of a live capture, not of a file.
    bool isLive() const;
    /// Whether open() or readOn() came to the end of the file.
    bool isWhole() const;

    ~PacketStore(); ///< removes the spool file of a live capture

    /// How many packets there are, those that were dropped among them: numbers stay as they are.
    std::size_t size() const;
    /// The first packet that is kept: 0 until dropBefore(), size() when none is.
    std::size_t first() const;
    /// How many bytes the packets have together that are kept, without what file and index need
    /// for each; right to the packet on the thread that appends.
    std::uint64_t byteCount() const;
    /// An empty record where there is no such packet, or no longer.
    PacketRecord record(std::size_t index) const;
    /// The packet's bytes; fails when it is no longer kept, and when the file was changed or cannot
    /// be read any more.
    Result<Bytes> bytes(std::size_t index) const;

    /// What the device of that number in the records is called: what nameDevice() said, or the
    /// file; text from outside, "" when nobody did.
    std::string deviceName(std::uint8_t number) const;
    /// Names a device of a live store; packets that are saved say it. Any thread may call it.
    void nameDevice(std::uint8_t number, const std::string& name);

    /// The comments on a packet: what setComments() said, else what the file has, at most three.
    /// Text from outside.
    std::vector<std::string> comments(std::size_t index) const;
    /// Replaces the comments on a packet, for all who ask and for saveCapture(); the file itself
    /// stays as it is. Fails for texts that are larger than pcapng allows.
    Result<void> setComments(std::size_t index, std::vector<std::string> comments);

    /// Indexes what was added to a whole opened file since, and gives how many packets that were;
    /// the thread that appends is the one that calls it. problem() is then about the file as it is
    /// now.
    Result<std::size_t> follow();

    /// Appends to a live store; fails with a sentence when the disk is full, and what came before
    /// is kept, as are the first packets of the batch that are whole (size() tells). A packet is
    /// cut to 256 KiB.
    Result<void> append(const PacketBatch& batch);

    /// Drops the packets of a live store before this one (all when it is size() or above), for the
    /// thread that appends: their memory and, where the file system can make holes, their place on
    /// the disk are given back; what is left is a page of 4096 bytes for each 16 MiB of the spool.
    /// Others may be reading them. Fails when the spool cannot be written; the packets are gone
    /// from this store all the same, but not from the spool.
    Result<void> dropBefore(std::size_t packet);

    /// What is wrong with an opened file: "The file ends in the middle of packet 7."; "" when
    /// nothing.
    std::string problem() const;
    std::string path() const;

    /// Removes all packets of a live store and begins its spool anew. Nobody may be reading.
    Result<void> clear();

private:
    friend class PacketReader;
    PacketStore();
    class Private;
    std::unique_ptr<Private> d;
};

/// Spool files in `folder` that a program which is gone has left, oldest first. Those without a
/// packet are removed instead; one that is open in a store is not among them.
std::vector<std::string> findLeftSpools(const std::string& folder);

/// Where spools lie: tcp-workbench in XDG_STATE_HOME, or in ~/.local/state.
std::string spoolFolder();

} // namespace tcpw
