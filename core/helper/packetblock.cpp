// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/packetblock.h"

#include "base/bytereader.h"

#include <cassert>
#include <cstring>

namespace tcpw {

namespace {

constexpr std::size_t countSize = 4;
constexpr std::size_t recordSize = 20;

template <typename T> void put(std::uint8_t* raw, T value)
{
    storeBigEndian<sizeof(T)>(raw, value);
}

void putRecord(std::uint8_t* raw, const PacketRecord& record)
{
    put(raw, static_cast<std::uint64_t>(record.timestamp));
    put(raw + 8, record.capturedLength);
    put(raw + 12, record.originalLength);
    put(raw + 16, static_cast<std::uint16_t>(record.linkType));
    put(raw + 18, record.device);
    put(raw + 19, static_cast<std::uint8_t>(record.origin));
}

std::size_t sizeOfBlock(std::size_t count, std::size_t byteCount)
{
    return countSize + count * recordSize + byteCount;
}

PacketRecord fromRaw(ByteReader& reader)
{
    PacketRecord record;
    record.timestamp = static_cast<std::int64_t>(reader.u64());
    record.capturedLength = reader.u32();
    record.originalLength = reader.u32();
    record.linkType = LinkType{reader.u16()};
    record.device = reader.u8();
    record.origin = Origin{reader.u8()};
    return record;
}

/// The bytes of packets that stand together, which lie together in the batch too.
ByteView bytesOf(const PacketBatch& batch, PacketRange range)
{
    if (range.count == 0)
        return {};
    const ByteView first = batch.bytes(range.first);
    const ByteView last = batch.bytes(range.first + range.count - 1);
    return {first.data(), last.data() + last.size()};
}

} // namespace

void writePackets(std::span<std::uint8_t> block, const PacketBatch& batch, PacketRange range)
{
    assert(block.size() == packetBlockSize(batch, range));
    put(block.data(), static_cast<std::uint32_t>(range.count));
    std::uint8_t* to = block.data() + countSize;
    for (std::size_t i = range.first; i < range.first + range.count; ++i, to += recordSize)
        putRecord(to, batch.record(i));
    if (const ByteView bytes = bytesOf(batch, range); !bytes.empty())
        std::memcpy(to, bytes.data(), bytes.size());
}

std::optional<PacketBatch> packetsIn(ByteView block)
{
    ByteReader reader(block);
    const std::size_t count = reader.u32();
    if (reader.failed() || count > reader.remaining() / recordSize)
        return {};
    ByteReader records(reader.take(count * recordSize));
    PacketBatch batch = PacketBatch::borrowing(block);
    batch.reserve(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        const PacketRecord record = fromRaw(records);
        if (record.origin > Origin::peer || record.capturedLength > reader.remaining())
            return {};
        batch.appendBorrowed(record, reader.position());
        reader.skip(record.capturedLength);
    }
    if (reader.remaining() > 0)
        return {};
    return batch;
}

std::size_t packetBlockSize(const PacketBatch& batch, PacketRange range)
{
    return sizeOfBlock(range.count, bytesOf(batch, range).size());
}

PacketRange packetsThatFit(const PacketBatch& batch, std::size_t first, std::size_t limit)
{
    PacketRange range{first, 0};
    std::size_t byteCount = 0;
    while (first + range.count < batch.size()) {
        byteCount += batch.record(first + range.count).capturedLength;
        if (range.count > 0 && sizeOfBlock(range.count + 1, byteCount) > limit)
            break;
        ++range.count;
    }
    return range;
}

} // namespace tcpw
