// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/packetbatch.h"

#include <cassert>

namespace tcpw {

const char* originName(Origin origin)
{
    switch (origin) {
    case Origin::me:
        return "me";
    case Origin::kernel:
        return "kernel";
    case Origin::peer:
        return "peer";
    case Origin::unknown:
        break;
    }
    return "";
}

PacketBatch::PacketBatch(const PacketBatch& other)
{
    std::size_t byteCount = 0;
    for (const Entry& entry : other.m_entries)
        byteCount += entry.record.capturedLength;
    reserve(other.size(), byteCount);
    for (std::size_t i = 0; i < other.size(); ++i)
        append(other.record(i), other.bytes(i));
}

PacketBatch PacketBatch::borrowing(ByteView memory)
{
    PacketBatch batch;
    batch.m_foreign = memory;
    return batch;
}

void PacketBatch::appendBorrowed(const PacketRecord& record, std::size_t offset)
{
    assert(offset <= m_foreign.size() && record.capturedLength <= m_foreign.size() - offset);
    m_entries.push_back({record, offset});
}

void PacketBatch::append(PacketRecord record, ByteView bytes)
{
    assert(!m_foreign.data());
    record.capturedLength = static_cast<std::uint32_t>(bytes.size());
    m_entries.push_back({record, m_bytes.size()});
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
}

void PacketBatch::clear()
{
    m_entries.clear();
    m_bytes.clear();
    m_foreign = {};
}

void PacketBatch::reserve(std::size_t count, std::size_t byteCount)
{
    m_entries.reserve(count);
    m_bytes.reserve(byteCount);
}

} // namespace tcpw
