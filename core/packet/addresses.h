// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace tcpw {

/// An EUI-48 address, in the order of the wire.
struct MacAddress
{
    std::array<std::uint8_t, 6> octets{};
    auto operator<=>(const MacAddress&) const = default;
};

/// An IPv4 address, in host byte order.
struct Ipv4Address
{
    std::uint32_t value = 0;
    auto operator<=>(const Ipv4Address&) const = default;
};

/// An IPv6 address, in the order of the wire.
struct Ipv6Address
{
    std::array<std::uint8_t, 16> octets{};
    auto operator<=>(const Ipv6Address&) const = default;
};

using IpAddress = std::variant<Ipv4Address, Ipv6Address>;

/// "0a:00:00:00:00:01"
std::string toText(const MacAddress& address);
/// "192.168.56.101"
std::string toText(const Ipv4Address& address);
/// "fd00:56::101", as RFC 5952 writes it
std::string toText(const Ipv6Address& address);
std::string toText(const IpAddress& address);

/// Reads six pairs of hexadecimal digits, joined by ':' or '-'.
Result<MacAddress> parseMac(std::string_view text);
/// Reads four decimal numbers joined by dots.
Result<Ipv4Address> parseIpv4(std::string_view text);
/// Reads what RFC 4291, section 2.2, allows.
Result<Ipv6Address> parseIpv6(std::string_view text);
/// Reads either; never asks the DNS.
Result<IpAddress> parseIp(std::string_view text);

bool isMulticast(const MacAddress& address);
bool isMulticast(const IpAddress& address);

} // namespace tcpw
