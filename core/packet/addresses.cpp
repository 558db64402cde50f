// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/addresses.h"

#include "base/bytes.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace tcpw {

namespace {

using Groups = std::array<std::uint16_t, 8>;

Groups groupsOf(const Ipv6Address& address)
{
    Groups groups{};
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i]
            = static_cast<std::uint16_t>(address.octets[2 * i] << 8 | address.octets[2 * i + 1]);
    return groups;
}

struct Run
{
    std::size_t start = 0;
    std::size_t length = 0;
};

/// The first of the longest runs of zero groups; one group alone is no run (RFC 5952, section 4.2).
Run longestZeroRun(const Groups& groups)
{
    Run best;
    for (std::size_t i = 0; i < groups.size();) {
        std::size_t end = i;
        while (end < groups.size() && groups[end] == 0)
            ++end;
        if (end - i > best.length)
            best = {i, end - i};
        i = std::max(end, i + 1);
    }
    return best.length >= 2 ? best : Run{};
}

std::string hexGroup(std::uint16_t group)
{
    char buffer[4];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, group, 16).ptr;
    return std::string(buffer, end);
}

std::string joined(const Groups& groups, std::size_t from, std::size_t to)
{
    std::string text;
    for (std::size_t i = from; i < to; ++i) {
        if (i > from)
            text += ':';
        text += hexGroup(groups[i]);
    }
    return text;
}

bool isMappedIpv4(const Groups& groups)
{
    return std::all_of(groups.begin(), groups.begin() + 5, [](auto group) { return group == 0; })
        && groups[5] == 0xffff;
}

tl::unexpected<Error> unreadable(std::string_view text, const char* what)
{
    return failure("\"" + std::string(text.substr(0, 60)) + "\" is not " + what + ".");
}

/// Reads a decimal number up to 255 without leading zeros, and moves `text` behind it.
bool readOctet(std::string_view& text, std::uint32_t& octet)
{
    unsigned value = 0;
    const char* const begin = text.data();
    const auto [end, error] = std::from_chars(begin, begin + text.size(), value);
    const auto length = static_cast<std::size_t>(end - begin);
    if (error != std::errc() || value > 255 || (length > 1 && text.front() == '0'))
        return false;
    octet = value;
    text.remove_prefix(length);
    return true;
}

} // namespace

std::string toText(const MacAddress& address)
{
    const std::string digits = toHex(address.octets);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        if (i > 0)
            text += ':';
        text.append(digits, i, 2);
    }
    return text;
}

std::string toText(const Ipv4Address& address)
{
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) {
        text += std::to_string(address.value >> shift & 255);
        if (shift > 0)
            text += '.';
    }
    return text;
}

std::string toText(const Ipv6Address& address)
{
    const Groups groups = groupsOf(address);
    if (isMappedIpv4(groups))
        return "::ffff:"
            + toText(Ipv4Address{static_cast<std::uint32_t>(groups[6]) << 16 | groups[7]});
    const Run run = longestZeroRun(groups);
    if (run.length == 0)
        return joined(groups, 0, groups.size());
    return joined(groups, 0, run.start)
        + "::" + joined(groups, run.start + run.length, groups.size());
}

std::string toText(const IpAddress& address)
{
    return std::visit([](const auto& held) { return toText(held); }, address);
}

Result<MacAddress> parseMac(std::string_view text)
{
    constexpr const char* what = "a MAC address: six pairs of hexadecimal digits joined by ':'";
    if (text.size() != 17)
        return unreadable(text, what);
    MacAddress address;
    for (std::size_t i = 0; i < 6; ++i) {
        const char* const pair = text.data() + 3 * i;
        const auto [end, error] = std::from_chars(pair, pair + 2, address.octets[i], 16);
        const bool joinedWell = i == 5 || pair[2] == ':' || pair[2] == '-';
        if (error != std::errc() || end != pair + 2 || !joinedWell)
            return unreadable(text, what);
    }
    return address;
}

Result<Ipv4Address> parseIpv4(std::string_view text)
{
    constexpr const char* what
        = "an IPv4 address: four decimal numbers up to 255, without leading zeros, joined by dots";
    Ipv4Address address;
    std::string_view left = text;
    for (int i = 0; i < 4; ++i) {
        std::uint32_t octet = 0;
        if (i > 0) {
            if (left.empty() || left.front() != '.')
                return unreadable(text, what);
            left.remove_prefix(1);
        }
        if (!readOctet(left, octet))
            return unreadable(text, what);
        address.value = address.value << 8 | octet;
    }
    if (!left.empty())
        return unreadable(text, what);
    return address;
}

Result<Ipv6Address> parseIpv6(std::string_view text)
{
    constexpr const char* what
        = "an IPv6 address: up to eight groups of hexadecimal digits joined by ':'";
    constexpr std::size_t longest = 45; // eight groups, the last two as an IPv4 address
    if (text.size() > longest || text.find('\0') != std::string_view::npos)
        return unreadable(text, what);
    Ipv6Address address;
    if (inet_pton(AF_INET6, std::string(text).c_str(), address.octets.data()) != 1)
        return unreadable(text, what);
    return address;
}

Result<IpAddress> parseIp(std::string_view text)
{
    if (const auto address = parseIpv4(text))
        return IpAddress(*address);
    if (const auto address = parseIpv6(text))
        return IpAddress(*address);
    return unreadable(text, "an IP address, such as 192.168.56.102 or fd00:56::102");
}

bool isMulticast(const MacAddress& address)
{
    return (address.octets[0] & 1) != 0;
}

bool isMulticast(const IpAddress& address)
{
    if (const auto* ipv4 = std::get_if<Ipv4Address>(&address))
        return ipv4->value >> 28 == 14;
    return std::get<Ipv6Address>(address).octets[0] == 0xff;
}

} // namespace tcpw
