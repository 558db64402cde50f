// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/packetbatch.h"

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

void PacketBatch::append(PacketRecord record, ByteView bytes)
{
    record.capturedLength = static_cast<std::uint32_t>(bytes.size());
    m_entries.push_back({record, m_bytes.size()});
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
}

void PacketBatch::clear()
{
    m_entries.clear();
    m_bytes.clear();
}

void PacketBatch::reserve(std::size_t count, std::size_t byteCount)
{
    m_entries.reserve(count);
    m_bytes.reserve(byteCount);
}

} // namespace tcpw
