// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/packetblock.h"

#include <array>

namespace tcpw {

namespace {

constexpr std::size_t recordSize = 20;

using RawRecord = std::array<std::uint8_t, recordSize>;

template <typename T> void put(RawRecord& raw, std::size_t position, T value)
{
    storeBigEndian<sizeof(T)>(raw.data() + position, value);
}

RawRecord toRaw(const PacketRecord& record)
{
    RawRecord raw;
    put(raw, 0, static_cast<std::uint64_t>(record.timestamp));
    put(raw, 8, record.capturedLength);
    put(raw, 12, record.originalLength);
    put(raw, 16, static_cast<std::uint16_t>(record.linkType));
    put(raw, 18, record.device);
    put(raw, 19, static_cast<std::uint8_t>(record.origin));
    return raw;
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

void writePackets(ByteWriter& writer, const PacketBatch& batch, PacketRange range)
{
    writer.u32(static_cast<std::uint32_t>(range.count));
    for (std::size_t i = range.first; i < range.first + range.count; ++i)
        writer.append(toRaw(batch.record(i)));
    writer.append(bytesOf(batch, range));
}

bool readPackets(ByteReader& reader, PacketBatch& batch)
{
    const std::size_t count = reader.u32();
    if (reader.failed() || count > reader.remaining() / recordSize)
        return false;
    ByteReader records(reader.take(count * recordSize));
    batch.reserve(batch.size() + count, batch.byteCount() + reader.remaining());
    for (std::size_t i = 0; i < count; ++i) {
        const PacketRecord record = fromRaw(records);
        if (record.origin > Origin::peer || record.capturedLength > reader.remaining())
            return false;
        batch.append(record, reader.take(record.capturedLength));
    }
    return reader.remaining() == 0;
}

std::size_t packetBlockSize(std::size_t count, std::size_t byteCount)
{
    return sizeof(std::uint32_t) + count * recordSize + byteCount;
}

PacketRange packetsThatFit(const PacketBatch& batch, std::size_t first, std::size_t limit)
{
    PacketRange range{first, 0};
    std::size_t byteCount = 0;
    while (first + range.count < batch.size()) {
        byteCount += batch.record(first + range.count).capturedLength;
        if (range.count > 0 && packetBlockSize(range.count + 1, byteCount) > limit)
            break;
        ++range.count;
    }
    return range;
}

} // namespace tcpw
