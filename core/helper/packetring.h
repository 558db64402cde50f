// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "helper/descriptor.h"

#include <atomic>
#include <chrono>
#include <optional>

namespace tcpw {

/// Memory that a program shares with its helper, so that captured packets need not be copied into
/// a stream and out of it again. The helper reserves blocks, one behind the other, fills each and
/// tells where it is; the program reads them in that order and releases each. What the program
/// says here can make the helper drop packets, but not write or read anywhere else.
class PacketRing
{
public:
    static constexpr std::size_t largestCapacity = 256u << 20; // in bytes
    static constexpr std::size_t usualCapacity = 4u << 20; ///< no more is touched without grow()

    struct Block
    {
        std::size_t offset = 0; ///< in the memory
        std::uint64_t end = 0; ///< for release()
        std::span<std::uint8_t> bytes;
    };

    PacketRing() = default; ///< without memory: nothing can be reserved
    /// The program's, of so many bytes (a multiple of usualCapacity); its descriptor() is given to
    /// the helper.
    static Result<PacketRing> create(std::size_t capacity = largestCapacity);
    /// The helper's. Fails when the file is none that create() made.
    static Result<PacketRing> attach(Descriptor file);
    PacketRing(PacketRing&& other) noexcept;
    PacketRing& operator=(PacketRing&& other) noexcept;
    ~PacketRing();

    int descriptor() const { return m_file.get(); }
    std::size_t capacity() const { return m_capacity; }

    /// The helper's: room for so many bytes, or nothing while too much waits to be read.
    std::optional<Block> reserve(std::size_t size);
    /// Takes more of the memory into use; what was not needed for a second is given back. False
    /// when all of it is.
    bool grow();

    /// The program's: a block that was reserved; nothing when there can be none.
    std::optional<ByteView> at(std::size_t offset, std::size_t size) const;
    /// The block with this end, and all before it, will not be read any more.
    void release(std::uint64_t end);

private:
    /// The first bytes of the memory.
    struct Shared
    {
        std::atomic<std::uint64_t> released;
    };

    static Result<PacketRing> map(Descriptor file, std::size_t capacity);
    std::uint8_t* data() const;
    std::uint64_t lapAfter(std::uint64_t position) const;
    std::optional<Block> reserveHere(std::size_t size, std::uint64_t released);
    void beginAgain();
    void shrink();

    Descriptor m_file;
    Shared* m_shared = nullptr;
    std::size_t m_capacity = 0;
    // The helper's. A position counts all bytes ever reserved or skipped; it never goes back.
    std::uint64_t m_next = 0; ///< the position of the next block
    std::uint64_t m_base = 0; ///< nothing waits before this position
    std::uint64_t m_origin = 0; ///< a position whose offset is 0
    std::size_t m_lap = usualCapacity; ///< positions so far apart have the same offset
    std::chrono::steady_clock::time_point m_busy; ///< when the usual was last not enough
};

} // namespace tcpw
