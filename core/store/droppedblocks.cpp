// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/droppedblocks.h"

#include "store/captureencoder.h"
#include "store/captureformat.h"
#include "store/fileaccess.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>

namespace tcpw {

namespace {

namespace format = captureformat;

constexpr std::uint64_t holeUnit = 4096; // what file systems give back at least
constexpr std::uint64_t headSize = 8;
constexpr std::uint64_t trailerSize = 4;

constexpr std::uint64_t unitsUpTo(std::uint64_t offset)
{
    return offset / holeUnit * holeUnit;
}

std::uint64_t beginOf(std::size_t packet, const PacketIndexList& index)
{
    return index.offset(packet) - CaptureEncoder::packetDataOffset;
}

Transfer writeNumbers(int file, std::uint64_t offset, std::initializer_list<std::uint32_t> numbers)
{
    std::uint8_t bytes[headSize];
    const std::size_t size = numbers.size() * sizeof(std::uint32_t);
    std::memcpy(bytes, numbers.begin(), size);
    return writeAt(file, offset, ByteView(bytes, size));
}

} // namespace

void DroppedBlocks::restart(std::uint64_t offset)
{
    m_kept.clear();
    m_packet = 0;
    m_begin = m_end = offset;
}

void DroppedBlocks::keep(std::uint64_t offset, std::uint64_t length)
{
    m_kept.push_back({offset, length});
}

int DroppedBlocks::dropBefore(
    int file, std::size_t packet, std::uint64_t end, const PacketIndexList& index)
{
    const int error = turn(file, packet, end, index);
    m_packet = packet;
    if (error != 0) {
        std::erase_if(m_kept, [end](const Extent& kept) { return kept.offset < end; });
        m_begin = m_end = end;
    }
    return error;
}

int DroppedBlocks::turn(
    int file, std::size_t packet, std::uint64_t end, const PacketIndexList& index)
{
    while (m_end < end) {
        if (passKept())
            continue;
        const std::uint64_t next = reach(packet, end, index);
        if (next == m_end)
            m_begin = m_end; // the block is as large as may be: begin another one
        else if (const int error = extend(file, next); error != 0)
            return error;
    }
    return 0;
}

/// Passes over a block that must stay; false when none comes next.
bool DroppedBlocks::passKept()
{
    if (m_kept.empty() || m_kept.front().offset != m_end)
        return false;
    m_begin = m_end = m_kept.front().offset + m_kept.front().length;
    m_kept.erase(m_kept.begin());
    return true;
}

/// Where the block that begins at m_begin may end: before what must stay, and with a whole packet.
std::uint64_t DroppedBlocks::reach(
    std::size_t packet, std::uint64_t end, const PacketIndexList& index) const
{
    const std::uint64_t stop = m_kept.empty() ? end : std::min(end, m_kept.front().offset);
    const std::uint64_t limit = m_begin + format::maximumBlockLength;
    if (stop <= limit)
        return stop;
    std::size_t number = m_packet;
    for (std::size_t beyond = packet; number + 1 < beyond;) {
        const std::size_t middle = number + (beyond - number) / 2;
        (beginOf(middle, index) <= limit ? number : beyond) = middle;
    }
    return beginOf(number, index);
}

/// Lets the block that begins at m_begin reach to `end`. Should the program be killed in between,
/// its beginning is right already, and the end is what our reader does not ask for.
int DroppedBlocks::extend(int file, std::uint64_t end)
{
    const auto length = static_cast<std::uint32_t>(end - m_begin);
    if (const auto put = writeNumbers(file, m_begin, {format::ours::droppedBlock, length});
        put.error != 0)
        return put.error;
    if (const auto put = writeNumbers(file, end - trailerSize, {length}); put.error != 0)
        return put.error;
    makeHole(file, end);
    m_end = end;
    return 0;
}

/// Makes a hole of the block's body, as far as it is not one yet.
void DroppedBlocks::makeHole(int file, std::uint64_t end) const
{
    const std::uint64_t body = unitsUpTo(m_begin + headSize + holeUnit - 1);
    const std::uint64_t from
        = m_end > m_begin ? std::max(body, unitsUpTo(m_end - trailerSize)) : body;
    const std::uint64_t to = unitsUpTo(end - trailerSize);
    // Where this fails the disk keeps what is behind it, which does no harm.
    if (from < to)
        fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(from),
            static_cast<off_t>(to - from));
}

} // namespace tcpw
