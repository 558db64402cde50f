// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <optional>

namespace tcpw {

/// One segment that takes sequence space and is not acknowledged yet.
struct SentSegment
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t packet = 0; ///< that sent it first
    std::uint16_t repeats = 0; ///< how often it was sent since
    std::uint16_t lastInterval = 0; ///< between the last two times, as TrackedPacket codes it
    std::int64_t lastTime = 0; ///< when it was sent last, in nanoseconds
};

/// What one end has sent and the other has not acknowledged, in sequence order. Beyond `most`
/// segments the newest are not kept, so that no capture makes this slow. Takes no memory besides
/// its own twelve bytes while there is nothing: most connections are idle.
class SentSegments
{
public:
    static constexpr std::size_t most = 10000; // as Wireshark's

    std::size_t size() const { return m_count; }
    bool empty() const { return m_count == 0; }

    /// The segment that holds `sequenceNumber`, or null; valid until the next change.
    SentSegment* find(std::uint32_t sequenceNumber);
    void add(const SentSegment& segment);
    /// Removes what ends at `acknowledgment` or before; gives the time when the newest of it was
    /// sent, if that was sent once (Karn's rule, RFC 6298, section 3).
    std::optional<std::int64_t> acknowledge(std::uint32_t acknowledgment);

private:
    static constexpr int countBits = 14;
    static_assert(most < 1u << countBits);
    static constexpr std::size_t firstRoom = 2; ///< few have more underway at first

    SentSegment* begin() { return m_segments.get() + m_first; }
    SentSegment* end() { return begin() + m_count; }
    /// The first segment that begins behind `sequenceNumber`.
    SentSegment* firstBehind(std::uint32_t sequenceNumber);
    void makeRoom();

    std::unique_ptr<SentSegment[]> m_segments; ///< room for firstRoom << m_roomBits of them
    std::uint32_t m_first : countBits = 0; ///< what stands before was acknowledged
    std::uint32_t m_count : countBits = 0;
    std::uint32_t m_roomBits : 4 = 0;
};

} // namespace tcpw
