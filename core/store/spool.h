// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/captureencoder.h"
#include "store/devicenames.h"
#include "store/droppedblocks.h"
#include "store/fileaccess.h"

#include <memory>

namespace tcpw {

/// The file that a live capture goes to: pcapng, for its owner alone, locked while its program
/// lives (the lock is what findLeftSpools() goes by), removed with this object.
class Spool
{
public:
    static Result<std::unique_ptr<Spool>> create(const std::string& folder);
    ~Spool();

    /// Writes packets and publishes each that is wholly in the file. After a failure the file ends
    /// with the last of those.
    Result<void> append(const PacketBatch& batch, PacketIndexList& index, const DeviceNames& names);
    /// Drops the packets before this one from the file; the index hides them, and still knows them.
    Result<void> dropBefore(std::size_t packet, const PacketIndexList& index);
    /// Empties the file but for its beginning.
    Result<void> restart();

    int file() const { return m_file.get(); }
    const std::string& path() const { return m_path; }
    /// Whether a file of this path is named as spools are.
    static bool isSpoolName(const std::string& path);

private:
    explicit Spool(FileDescriptor file);

    Result<std::uint32_t> interfaceFor(
        const PacketRecord& record, PacketIndexList& index, const DeviceNames& names);
    Result<void> add(
        PacketRecord record, ByteView packet, PacketIndexList& index, const DeviceNames& names);
    Result<void> flush(PacketIndexList& index);
    /// How many of the staged packets are whole when only so many bytes were written.
    std::size_t wholePackets(std::size_t written, const PacketIndexList& index) const;
    Result<void> writePlain();

    FileDescriptor m_file;
    std::string m_path;
    int m_owner; ///< the process; a forked one must not remove its parent's spool
    std::uint64_t m_end = 0; ///< of the whole blocks in the file
    CaptureEncoder m_encoder;
    InterfaceTable m_interfaces;
    DroppedBlocks m_dropped;
};

} // namespace tcpw
