// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fieldaccess.h"
#include "packet/fieldtables.h"

namespace tcpw {

using namespace fieldaccess;

namespace {

constexpr const char* rfc791 = "RFC 791, section 3.1";

constexpr Field ipv4[] = {
    field<&Ipv4Header::version, 0, 4>("version",
        {"Version", "", rfc791,
            "The version of the Internet Protocol that the header follows; 4 here. Every sender "
            "of IPv4 writes 4. A receiver drops a packet with another number without an answer "
            "(RFC 1122, section 3.2.1.1)."}),
    field<&Ipv4Header::headerLength, 4, 4>("headerLength",
        {"Header length (IHL)", "32-bit words", rfc791,
            "How long the IP header is, options included: 5 words are the 20 bytes without any, "
            "15 words the most. Automatic, it is counted from the options. It tells the receiver "
            "where the data begins; less than 5, or more than the packet has, and it is dropped."}),
    field<&Ipv4Header::dscp, 8, 6>("dscp",
        {"DSCP", "", "RFC 2474, section 3",
            "The differentiated services code point: what treatment the sender asks of the "
            "routers; 0 is best effort. Routers queue the packet accordingly, and may change the "
            "number where networks meet. The end systems take any value."}),
    field<&Ipv4Header::ecn, 14, 2>("ecn",
        {"ECN", "", "RFC 3168, section 5",
            "Explicit congestion notification: 0 says that the transport does not take part, 1 "
            "and 2 that it does, 3 is set by a router that is congested instead of dropping the "
            "packet. TCP reports a 3 back by its ECE bit. It is used only after both ends agreed "
            "on it in the handshake."}),
    field<&Ipv4Header::totalLength, 16, 16>("totalLength",
        {"Total length", "bytes", rfc791,
            "The length of the packet from the first byte of this header on; what comes after is "
            "padding of the link. Automatic, it is counted; 0 is written where 16 bits do not "
            "suffice. A receiver ignores bytes beyond it and drops a packet that is shorter than "
            "it says."}),
    field<&Ipv4Header::identification, 32, 16>("identification",
        {"Identification", "", "RFC 791, section 3.1; RFC 6864",
            "It tells which fragments belong together. The sender chooses another value for each "
            "packet that may be fragmented. It means nothing in a packet that is whole and must "
            "not be fragmented, so many systems then send 0."},
        FieldKind::hexNumber),
    field<&Ipv4Header::reservedFlag, 48, 1>("reservedFlag",
        {"Reserved flag", "", rfc791,
            "The highest of the three flag bits, which must be zero. RFC 3514 of the first of "
            "April 2003 calls it the evil bit. Receivers ignore it, while firewalls may drop the "
            "packet."}),
    field<&Ipv4Header::dontFragment, 49, 1>("dontFragment",
        {"Don't fragment", "", "RFC 791, section 3.1; RFC 1191",
            "Set, no router may cut the packet into fragments. A router whose next link is too "
            "small then drops it and answers with ICMP \"fragmentation needed\". TCP sets it to "
            "find out the path's largest packet size."}),
    field<&Ipv4Header::moreFragments, 50, 1>("moreFragments",
        {"More fragments", "", rfc791,
            "Set, this is a fragment and others follow it; clear, it is the last one or the "
            "packet is whole. The receiver waits for all fragments before it hands the data up, "
            "and gives up after some time, 30 seconds on Linux."}),
    field<&Ipv4Header::fragmentOffset, 51, 13>("fragmentOffset",
        {"Fragment offset", "8-byte units", rfc791,
            "Where the data of this fragment belongs in the whole packet. Only the fragment with "
            "offset 0 holds the TCP header. Fragments that overlap are an old attack, and "
            "receivers drop them or keep one of the two."}),
    field<&Ipv4Header::timeToLive, 64, 8>("timeToLive",
        {"Time to live", "hops", rfc791,
            "How many routers the packet may still pass. The sender sets 64, 128 or 255 as a "
            "rule, and each router takes one off. At 0 the router drops the packet and answers "
            "with ICMP \"time exceeded\"; that is how traceroute works."}),
    field<&Ipv4Header::protocol, 72, 8>("protocol",
        {"Protocol", "", rfc791,
            "What the packet carries: 6 is TCP, 17 UDP, 1 ICMP. Automatic, it follows the next "
            "layer. A receiver that does not know the protocol answers with ICMP \"protocol "
            "unreachable\"."}),
    field<&Ipv4Header::headerChecksum, 80, 16>("headerChecksum",
        {"Header checksum", "", "RFC 791, section 3.1; RFC 1071",
            "A sum over the IP header alone, not over the data. Automatic, it is computed; every "
            "router checks it and computes it anew, as the time to live changes. A packet with a "
            "wrong one is dropped silently."},
        FieldKind::hexNumber),
    field<&Ipv4Header::source, 96, 32>("source",
        {"Source", "", rfc791,
            "The address of the sender, to which answers go. With a foreign address the answer "
            "goes to somebody else. Routers near the sender often drop packets whose source does "
            "not belong to their network."}),
    field<&Ipv4Header::destination, 128, 32>("destination",
        {"Destination", "", rfc791,
            "The address of the receiver. Routers choose the way by it. A machine that gets a "
            "packet for an address that is not its own drops it, or forwards it if it is a "
            "router."}),
    field<&Ipv4Header::options, 160, 0>("options",
        {"Options", "", rfc791,
            "Up to 40 bytes of options, such as record route, timestamp or source route, filled "
            "up with zeros to a multiple of four bytes. They are rare: many routers and firewalls "
            "drop packets that have any. Every option but kinds 0 and 1 has a length byte."},
        FieldKind::ipv4Options),
};

} // namespace

std::span<const Field> ipv4Fields()
{
    return ipv4;
}

} // namespace tcpw
