// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/anomalyfinder.h"
#include "packet/computed.h"
#include "packet/protocols.h"
#include "packet/words.h"

#include <algorithm>

namespace tcpw {

void AnomalyFinder::operator()(const Ipv4Header& header)
{
    const std::size_t words = header.headerLength.value_or(automaticHeaderWords(m_walk.size()));
    if (header.version != 4)
        add("version", "version " + std::to_string(header.version) + ": an IPv4 header has 4");
    wordCount("headerLength", "header length", words);
    ipv4Lengths(header, words * 4);
    if (header.reservedFlag)
        add("reservedFlag", "reserved flag set: it must be zero");
    ipv4Fragment(header, words * 4);
    if (header.timeToLive == 0)
        add("timeToLive", "time to live 0: such a packet is not to be on a link");
    nextHeader("protocol", header.protocol, automaticProtocol(m_walk.following()));
    checksum("headerChecksum");
    if (isMulticast(IpAddress(header.source)) || header.source.value == 0xffff'ffff)
        add("source", "source " + toText(header.source) + ": a sender is never a group");
    ipv4OptionLengths(header.options);
}

void AnomalyFinder::ipv4Lengths(const Ipv4Header& header, std::size_t headerSize)
{
    const std::size_t here = m_walk.covered();
    const std::size_t total = header.totalLength.value_or(automaticLength(here));
    const std::string begin = "total length " + std::to_string(total) + ": ";
    if (total == 0 && here > 0xffff)
        add("totalLength",
            begin + std::to_string(here)
                + " bytes are more than the field can say; left to the network card");
    else if (total == 0)
        add("totalLength", begin + "left to the network card, which cuts the data (TSO)");
    else if (total < headerSize)
        add("totalLength",
            begin + "less than the header's " + std::to_string(headerSize) + " bytes");
    else if (total > std::max(wireSize(), here))
        add("totalLength", begin + onlyThere(wireSize()));
    else if (total < here)
        add("totalLength", begin + areThere(here));
}

void AnomalyFinder::ipv4Fragment(const Ipv4Header& header, std::size_t headerSize)
{
    constexpr std::size_t tcpFixedPart = 20;
    const bool first = header.moreFragments && header.fragmentOffset == 0;
    if (!first && header.fragmentOffset == 0)
        return;
    const std::size_t total = header.totalLength.value_or(automaticLength(m_walk.covered()));
    const std::size_t size = std::max(total, headerSize) - headerSize;
    fragmentExtent("fragmentOffset", header.fragmentOffset, header.moreFragments, size);
    const std::uint8_t protocol = header.protocol.value_or(automaticProtocol(m_walk.following()));
    if (protocol != IpProtocol::tcp)
        return;
    if (first && size < tcpFixedPart)
        add("moreFragments",
            "first fragment of " + countOf(size, "byte")
                + ": too small for the TCP header, which hides it from filters (RFC 1858)");
    if (header.fragmentOffset == 1)
        add("fragmentOffset",
            "fragment offset 1: it would overwrite the TCP header's flags (RFC 1858)");
}

} // namespace tcpw
