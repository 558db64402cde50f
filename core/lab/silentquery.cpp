// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/silentquery.h"

#include "base/bytewriter.h"
#include "packet/checksum.h"

namespace tcpw {

namespace {

constexpr Ipv6Address allNodes{{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
constexpr Ipv6Address experimental{{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x14}};
constexpr std::uint8_t icmpv6 = 58;
constexpr std::uint16_t mldSize = 24;

// A hop-by-hop header with a router alert for MLD (RFC 2711) and two bytes of padding.
constexpr std::uint8_t hopByHop[] = {icmpv6, 0, 5, 2, 0, 0, 1, 0};

/// fe80:: and the modified EUI-64 identifier (RFC 4291, appendix A): queries without a link-local
/// source are dropped.
Ipv6Address linkLocal(const MacAddress& mac)
{
    const auto& m = mac.octets;
    return {{0xfe, 0x80, 0, 0, 0, 0, 0, 0, static_cast<std::uint8_t>(m[0] ^ 2), m[1], m[2], 0xff,
        0xfe, m[3], m[4], m[5]}};
}

Bytes query(std::uint16_t checksum)
{
    ByteWriter writer(mldSize);
    writer.u8(130); // multicast listener query
    writer.u8(0);
    writer.u16(checksum);
    writer.u32(0); // maximum response delay, reserved
    writer.append(experimental.octets);
    return writer.take();
}

std::uint16_t checksumOf(const Ipv6Address& source)
{
    ByteWriter pseudo(80);
    pseudo.append(source.octets);
    pseudo.append(allNodes.octets);
    pseudo.u32(mldSize);
    pseudo.u32(icmpv6);
    pseudo.append(query(0));
    return static_cast<std::uint16_t>(~onesComplementSum(pseudo.view()));
}

} // namespace

Bytes silentQuery(const MacAddress& source)
{
    const Ipv6Address from = linkLocal(source);
    ByteWriter writer(86);
    const std::uint8_t allNodesMac[] = {0x33, 0x33, 0, 0, 0, 1};
    writer.append(allNodesMac);
    writer.append(source.octets);
    writer.u16(0x86dd);
    writer.u32(0x6000'0000); // version 6, no traffic class, no flow label
    writer.u16(sizeof(hopByHop) + mldSize);
    writer.u8(0); // next: hop-by-hop options
    writer.u8(1); // hop limit, as RFC 2710, section 3, wants
    writer.append(from.octets);
    writer.append(allNodes.octets);
    writer.append(hopByHop);
    writer.append(query(checksumOf(from)));
    return writer.take();
}

} // namespace tcpw
