// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/meanings.h"

#include <algorithm>
#include <iterator>

namespace tcpw {

namespace {

struct TypeWords
{
    std::uint64_t type;
    const char* text;
};

struct CodeWords
{
    std::uint64_t type;
    std::uint64_t code;
    const char* text;
};

// https://www.iana.org/assignments/icmp-parameters
constexpr TypeWords types4[] = {{0, "echo reply"}, {3, "destination unreachable"},
    {4, "source quench"}, {5, "redirect"}, {8, "echo request"}, {9, "router advertisement"},
    {10, "router solicitation"}, {11, "time exceeded"}, {12, "parameter problem"},
    {13, "timestamp request"}, {14, "timestamp reply"}};

constexpr CodeWords codes4[] = {{3, 0, "network unreachable"}, {3, 1, "host unreachable"},
    {3, 2, "protocol unreachable"}, {3, 3, "port unreachable"}, {3, 4, "fragmentation needed"},
    {3, 5, "source route failed"}, {3, 6, "destination network unknown"},
    {3, 7, "destination host unknown"}, {3, 9, "network prohibited"}, {3, 10, "host prohibited"},
    {3, 11, "network unreachable for this service"}, {3, 12, "host unreachable for this service"},
    {3, 13, "communication prohibited"}, {3, 14, "host precedence violation"},
    {3, 15, "precedence cutoff"}, {5, 0, "for the network"}, {5, 1, "for the host"},
    {5, 2, "for the service and network"}, {5, 3, "for the service and host"},
    {11, 0, "time to live exceeded in transit"}, {11, 1, "fragment reassembly time exceeded"},
    {12, 0, "the pointer shows the error"}, {12, 1, "a required option is missing"},
    {12, 2, "bad length"}};

// https://www.iana.org/assignments/icmpv6-parameters
constexpr TypeWords types6[] = {{1, "destination unreachable"}, {2, "packet too big"},
    {3, "time exceeded"}, {4, "parameter problem"}, {128, "echo request"}, {129, "echo reply"},
    {130, "multicast listener query"}, {131, "multicast listener report"},
    {132, "multicast listener done"}, {133, "router solicitation"}, {134, "router advertisement"},
    {135, "neighbor solicitation"}, {136, "neighbor advertisement"}, {137, "redirect"},
    {143, "multicast listener report, version 2"}};

constexpr CodeWords codes6[]
    = {{1, 0, "no route to destination"}, {1, 1, "communication prohibited"},
        {1, 2, "beyond scope of source address"}, {1, 3, "address unreachable"},
        {1, 4, "port unreachable"}, {1, 5, "source address failed policy"},
        {1, 6, "reject route to destination"}, {3, 0, "hop limit exceeded in transit"},
        {3, 1, "fragment reassembly time exceeded"}, {4, 0, "erroneous header field"},
        {4, 1, "unrecognized next header"}, {4, 2, "unrecognized IPv6 option"}};

template <std::size_t count>
std::string wordsFor(const TypeWords (&table)[count], std::uint64_t type)
{
    const auto* const found = std::ranges::find(table, type, &TypeWords::type);
    return found == std::end(table) ? "" : found->text;
}

template <std::size_t count>
std::string wordsFor(const CodeWords (&table)[count], std::uint64_t type, std::uint64_t code)
{
    const auto* const found = std::find_if(std::begin(table), std::end(table),
        [=](const CodeWords& words) { return words.type == type && words.code == code; });
    return found == std::end(table) ? "" : found->text;
}

bool isEcho(const IcmpHeader& header)
{
    if (header.version6)
        return header.type == 128 || header.type == 129;
    return header.type == 0 || header.type == 8;
}

} // namespace

std::string icmpTypeWords(bool version6, std::uint64_t type)
{
    return version6 ? wordsFor(types6, type) : wordsFor(types4, type);
}

std::string icmpCodeWords(bool version6, std::uint64_t type, std::uint64_t code)
{
    return version6 ? wordsFor(codes6, type, code) : wordsFor(codes4, type, code);
}

std::string icmpRestWords(const IcmpHeader& header)
{
    if (isEcho(header))
        return "identifier " + std::to_string(header.rest >> 16) + ", sequence number "
            + std::to_string(header.rest & 0xffff);
    if (header.version6 && header.type == 2)
        return "next link takes " + std::to_string(header.rest) + " bytes";
    if (!header.version6 && header.type == 3 && header.code == 4)
        return "next link takes " + std::to_string(header.rest & 0xffff) + " bytes";
    if (header.version6 && header.type == 4)
        return "the error is at byte " + std::to_string(header.rest);
    if (!header.version6 && header.type == 12)
        return "the error is at byte " + std::to_string(header.rest >> 24);
    return {};
}

} // namespace tcpw
