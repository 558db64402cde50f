// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/meanings.h"

#include <algorithm>

namespace tcpw {

namespace {

struct Block4
{
    std::uint32_t network;
    int prefix;
    const char* text;
};

struct Block6
{
    std::array<std::uint8_t, 6> network;
    int prefix; ///< 48 at most
    const char* text;
};

// https://www.iana.org/assignments/iana-ipv4-special-registry; the narrower block first.
constexpr Block4 blocks4[] = {
    {0xffff'ffff, 32, "everybody on this link (broadcast)"},
    {0x0000'0000, 32, "no address"},
    {0x0a00'0000, 8, "private"},
    {0xac10'0000, 12, "private"},
    {0xc0a8'0000, 16, "private"},
    {0x7f00'0000, 8, "this machine (loopback)"},
    {0xa9fe'0000, 16, "link-local"},
    {0x6440'0000, 10, "shared by providers"},
    {0xc000'0200, 24, "documentation"},
    {0xc633'6400, 24, "documentation"},
    {0xcb00'7100, 24, "documentation"},
    {0xc612'0000, 15, "benchmarks"},
    {0xe000'0000, 4, "multicast"},
    {0xf000'0000, 4, "reserved"},
};

// https://www.iana.org/assignments/iana-ipv6-special-registry
constexpr Block6 blocks6[] = {
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation"},
    {{0x3f, 0xff}, 20, "documentation"},
    {{0xfe, 0x80}, 10, "link-local"},
    {{0xfc}, 7, "private (unique local)"},
    {{0xff}, 8, "multicast"},
};

bool isIn(const Ipv6Address& address, const Block6& block)
{
    for (int bit = 0; bit < block.prefix; ++bit) {
        const auto octet = static_cast<std::size_t>(bit / 8);
        const int differing = address.octets[octet] ^ block.network[octet];
        if ((differing >> (7 - bit % 8) & 1) != 0)
            return false;
    }
    return true;
}

} // namespace

std::string addressWords(const MacAddress& address)
{
    const auto isOnes = [](std::uint8_t octet) {
        return octet == 0xff;
    };
    const auto isZero = [](std::uint8_t octet) {
        return octet == 0;
    };
    if (std::ranges::all_of(address.octets, isOnes))
        return "everybody on this link (broadcast)";
    if (std::ranges::all_of(address.octets, isZero))
        return "no address";
    if ((address.octets[0] & 1) != 0)
        return "multicast";
    return (address.octets[0] & 2) != 0 ? "set locally, not by a maker" : "";
}

std::string addressWords(const Ipv4Address& address)
{
    for (const Block4& block : blocks4)
        if ((address.value ^ block.network) >> (32 - block.prefix) == 0)
            return block.text;
    return {};
}

std::string addressWords(const Ipv6Address& address)
{
    const auto& octets = address.octets;
    const bool zeros
        = std::all_of(octets.begin(), octets.end() - 1, [](auto octet) { return octet == 0; });
    if (zeros && octets[15] == 0)
        return "no address";
    if (zeros && octets[15] == 1)
        return "this machine (loopback)";
    for (const Block6& block : blocks6)
        if (isIn(address, block))
            return block.text;
    return {};
}

} // namespace tcpw
