// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/jumbo.h"

#include "base/bytereader.h"
#include "packet/protocols.h"

#include <algorithm>

namespace tcpw {

std::optional<std::size_t> jumboLength(std::uint8_t nextHeader, ByteView bytes)
{
    constexpr std::uint8_t padding1 = 0; // RFC 8200, section 4.2
    constexpr std::uint8_t jumboPayload = 0xc2;
    if (nextHeader != IpProtocol::hopByHop || bytes.size() < 8)
        return std::nullopt;
    const std::size_t size = (bytes[1] + 1u) * 8u;
    ByteReader reader(bytes.first(std::min(size, bytes.size())));
    reader.skip(2);
    while (reader.remaining() > 0) {
        const std::uint8_t type = reader.u8();
        if (type == padding1)
            continue;
        const std::uint8_t length = reader.u8();
        if (type == jumboPayload && length == 4 && reader.remaining() >= 4)
            return reader.u32();
        reader.skip(length);
    }
    return std::nullopt;
}

} // namespace tcpw
