// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/meanings.h"

#include "packet/tcpoptions.h"
#include "packet/words.h"

#include <algorithm>
#include <iterator>

namespace tcpw {

namespace {

struct Words
{
    std::uint64_t number;
    const char* text;
};

template <std::size_t count> std::string wordsFor(const Words (&table)[count], std::uint64_t number)
{
    const auto* const found = std::ranges::find(table, number, &Words::number);
    return found == std::end(table) ? "" : found->text;
}

constexpr Words vlanPriorities[]
    = {{0, "best effort"}, {1, "background"}, {2, "excellent effort"}, {3, "critical applications"},
        {4, "video"}, {5, "voice"}, {6, "internetwork control"}, {7, "network control"}};

constexpr Words packetTypes[] = {{0, "to this machine"}, {1, "broadcast"}, {2, "multicast"},
    {3, "to another machine"}, {4, "sent by this machine"}};

constexpr Words hardwareTypes[]
    = {{1, "Ethernet"}, {6, "IEEE 802"}, {32, "InfiniBand"}, {512, "PPP"}, {768, "IP tunnel"},
        {769, "IPv6 tunnel"}, {772, "loopback"}, {778, "GRE"}, {801, "IEEE 802.11"},
        {803, "IEEE 802.11 with radiotap"}, {824, "netlink"}, {65534, "no link header"}};

constexpr Words families[] = {{2, "IPv4"}, {10, "IPv6 (Linux)"}, {24, "IPv6 (NetBSD, OpenBSD)"},
    {28, "IPv6 (FreeBSD)"}, {30, "IPv6 (macOS)"}};

constexpr Words arpOperations[]
    = {{1, "request"}, {2, "reply"}, {3, "reverse request"}, {4, "reverse reply"}};

constexpr Words serviceClasses[] = {{0, "best effort"}, {1, "lower effort (LE)"}, {8, "CS1"},
    {10, "AF11"}, {12, "AF12"}, {14, "AF13"}, {16, "CS2"}, {18, "AF21"}, {20, "AF22"}, {22, "AF23"},
    {24, "CS3"}, {26, "AF31"}, {28, "AF32"}, {30, "AF33"}, {32, "CS4"}, {34, "AF41"}, {36, "AF42"},
    {38, "AF43"}, {40, "CS5"}, {44, "voice admit"}, {46, "expedited forwarding (EF)"},
    {48, "CS6, internetwork control"}, {56, "CS7"}};

constexpr Words congestion[] = {{0, "transport does not take part"}, {1, "ECT(1): takes part"},
    {2, "ECT(0): takes part"}, {3, "CE: congestion experienced"}};

constexpr Words ipv4Options[] = {{0, "end of the option list"}, {1, "no operation"},
    {7, "record route"}, {68, "timestamp"}, {130, "security"}, {131, "loose source route"},
    {136, "stream identifier"}, {137, "strict source route"}, {148, "router alert"}};

} // namespace

std::string vlanPriorityWords(std::uint64_t priority)
{
    return wordsFor(vlanPriorities, priority);
}

std::string packetTypeWords(std::uint64_t type)
{
    return wordsFor(packetTypes, type);
}

std::string hardwareTypeWords(std::uint64_t type)
{
    return wordsFor(hardwareTypes, type);
}

std::string addressFamilyWords(std::uint64_t family)
{
    return wordsFor(families, family);
}

std::string arpOperationWords(std::uint64_t operation)
{
    return wordsFor(arpOperations, operation);
}

std::string dscpWords(std::uint64_t dscp)
{
    return wordsFor(serviceClasses, dscp);
}

std::string ecnWords(std::uint64_t ecn)
{
    return wordsFor(congestion, ecn);
}

std::string ipv4OptionWords(const Option& option)
{
    std::string text = wordsFor(ipv4Options, option.kind);
    if (text.empty())
        text = "option of kind " + std::to_string(option.kind);
    if (option.kind <= TcpOptionKind::noOperation)
        return text;
    if (!hasTrueLength(option))
        return text + " with length " + std::to_string(writtenLength(option)) + ", but "
            + areThere(2 + option.data.size());
    return text + ", " + countOf(option.data.size(), "byte") + " of data";
}

std::string controlBitsWords(ControlBits bits)
{
    using C = ControlBits;
    const bool ack = bits.has(C::ack);
    if (bits.value == 0)
        return "none set: no stack sends such a segment";
    if ((bits.value & C::reserved) != 0)
        return "with reserved bits set";
    if (bits.has(C::syn) && (bits.has(C::fin) || bits.has(C::rst)))
        return "a contradiction";
    if (bits.has(C::syn))
        return ack ? "accepts the connection" : "asks for a connection";
    if (bits.has(C::rst))
        return ack ? "refuses or breaks off, and acknowledges" : "breaks off the connection";
    if (bits.has(C::fin))
        return ack ? "has no more data, and acknowledges" : "has no more data";
    if (bits.has(C::psh) && ack)
        return "acknowledges, and asks to hand the data up";
    return ack ? "acknowledges" : "";
}

std::string windowWords(const TcpHeader& header)
{
    if (header.controlBits.has(ControlBits::syn)) {
        for (const Option& option : header.options.list)
            if (windowScale(option))
                return "not scaled in a SYN";
        return {};
    }
    return header.window == 0 ? "closed: the other side must wait" : "";
}

} // namespace tcpw
