// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "base/linktype.h"

#include <algorithm>
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

/// The latest time that a packet can have, in the year 2116; the earliest is as long before 1970.
/// So the time between any two is a number as well.
inline constexpr std::int64_t latestTime = (std::int64_t{1} << 62) - 1;

/// What is known of a captured packet besides its bytes.
struct PacketRecord
{
    std::int64_t timestamp = 0; ///< in nanoseconds since 1970-01-01 00:00 UTC, up to latestTime
    std::uint32_t capturedLength = 0; ///< in bytes
    std::uint32_t originalLength = 0; ///< in bytes, on the wire
    LinkType linkType = LinkType::ethernet;
    std::uint8_t device = 0; ///< the number of the device, as its engine or file counts them
    Origin origin = Origin::unknown;

    /// The original length as lists and filters have it: a damaged record may claim more than any
    /// frame has, and is shown with the most that others' signed lengths hold, as in Wireshark.
    std::uint32_t shownLength() const { return std::min(originalLength, mostShown); }
    static constexpr std::uint32_t mostShown = 0x7fff'ffff;
};

/// Captured packets in the order of their arrival, in two blocks of memory however many they are.
/// A copy has bytes of its own, always.
class PacketBatch
{
public:
    PacketBatch() = default;
    PacketBatch(const PacketBatch& other);
    PacketBatch(PacketBatch&&) = default;
    PacketBatch& operator=(const PacketBatch& other) { return *this = PacketBatch(other); }
    PacketBatch& operator=(PacketBatch&&) = default;
    ~PacketBatch() = default;

    /// A batch whose packets lie in foreign memory, which must outlive it (but not its copies):
    /// they are added by appendBorrowed() alone.
    static PacketBatch borrowing(ByteView memory);
    /// Appends a packet whose capturedLength bytes lie at `offset` of the foreign memory.
    void appendBorrowed(const PacketRecord& record, std::size_t offset);

    /// Appends a packet; its capturedLength becomes the size of `bytes`.
    void append(PacketRecord record, ByteView bytes);
    void clear();
    /// Makes room for so many packets with so many bytes together.
    void reserve(std::size_t count, std::size_t byteCount);

    bool empty() const { return m_entries.empty(); }
    std::size_t size() const { return m_entries.size(); }
    /// Of its own bytes.
    std::size_t byteCount() const { return m_bytes.size(); }
    const PacketRecord& record(std::size_t index) const { return m_entries[index].record; }
    ByteView bytes(std::size_t index) const
    {
        const Entry& entry = m_entries[index];
        const std::uint8_t* const start = m_foreign.data() ? m_foreign.data() : m_bytes.data();
        return {start + entry.offset, entry.record.capturedLength};
    }

private:
    struct Entry
    {
        PacketRecord record;
        std::size_t offset = 0; ///< of its bytes
    };

    std::vector<Entry> m_entries;
    Bytes m_bytes;
    ByteView m_foreign; ///< instead of m_bytes, unless its data() is null
};

} // namespace tcpw
