// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fieldaccess.h"
#include "packet/fieldtables.h"

namespace tcpw {

using namespace fieldaccess;

namespace {

constexpr const char* rfc8200 = "RFC 8200, section 3";

constexpr const char* nextHeaderHelp
    = "What follows this header: 6 is TCP, 17 UDP, 58 ICMPv6, other numbers are extension headers, "
      "59 says that nothing follows. Automatic, it follows the next layer. A receiver that does "
      "not know the number answers with ICMPv6 \"parameter problem\".";

constexpr Field ipv6[] = {
    field<&Ipv6Header::version, 0, 4>("version",
        {"Version", "", rfc8200,
            "The version of the Internet Protocol that the header follows; 6 here. Every sender "
            "of IPv6 writes 6. A receiver drops a packet with another number."}),
    field<&Ipv6Header::dscp, 4, 6>("dscp",
        {"DSCP", "", "RFC 2474, section 3",
            "The differentiated services code point: what treatment the sender asks of the "
            "routers; 0 is best effort. Routers queue the packet accordingly, and may change the "
            "number where networks meet. The end systems take any value."}),
    field<&Ipv6Header::ecn, 10, 2>("ecn",
        {"ECN", "", "RFC 3168, section 5",
            "Explicit congestion notification: 0 says that the transport does not take part, 1 "
            "and 2 that it does, 3 is set by a router that is congested instead of dropping the "
            "packet. TCP reports a 3 back by its ECE bit. It is used only after both ends agreed "
            "on it in the handshake."}),
    field<&Ipv6Header::flowLabel, 12, 20>("flowLabel",
        {"Flow label", "", "RFC 8200, section 6; RFC 6437",
            "A number that the sender gives to all packets of one flow, such as a connection. "
            "Routers use it to send them over the same one of several ways. Zero means no label, "
            "and any value is taken."},
        FieldKind::hexNumber),
    field<&Ipv6Header::payloadLength, 32, 16>("payloadLength",
        {"Payload length", "bytes", rfc8200,
            "The length of all that follows this header, extension headers included. Automatic, "
            "it is counted; 0 is written where 16 bits do not suffice, as in a jumbogram. A "
            "receiver ignores bytes beyond it and drops a packet that is shorter than it says."}),
    field<&Ipv6Header::nextHeader, 48, 8>(
        "nextHeader", {"Next header", "", rfc8200, nextHeaderHelp}),
    field<&Ipv6Header::hopLimit, 56, 8>("hopLimit",
        {"Hop limit", "hops", rfc8200,
            "How many routers the packet may still pass; each takes one off. At 0 the router "
            "drops the packet and answers with ICMPv6 \"time exceeded\". Neighbour discovery "
            "must have 255, so that only machines on the same link can send it."}),
    field<&Ipv6Header::source, 64, 128>("source",
        {"Source", "", rfc8200,
            "The address of the sender, to which answers go. With a foreign address the answer "
            "goes to somebody else. An address that begins with fe80 is valid on one link only."}),
    field<&Ipv6Header::destination, 192, 128>("destination",
        {"Destination", "", rfc8200,
            "The address of the receiver, or of the next station where a routing header lists "
            "more. Routers choose the way by it. An address that begins with ff is a multicast "
            "group, to which TCP never answers."}),
};

constexpr Field extension[] = {
    outside<&Ipv6Extension::type>("type",
        {"Type", "", "RFC 8200, section 4",
            "What this extension header is: 0 hop-by-hop options, 43 routing, 51 authentication, "
            "60 destination options, 135 mobility. The number is not in the header itself: the "
            "next-header field before it says it, when that is automatic."}),
    field<&Ipv6Extension::nextHeader, 0, 8>(
        "nextHeader", {"Next header", "", "RFC 8200, section 4", nextHeaderHelp}),
    field<&Ipv6Extension::length, 8, 8>("length",
        {"Length", "8-byte units after the first 8", "RFC 8200, section 4; RFC 4302, section 2.2",
            "How long this extension header is, not counting its first 8 bytes; the "
            "authentication header counts in 4-byte words, less 2. Automatic, it is counted from "
            "the body and rounded up. With a wrong one the receiver looks for the next header in "
            "the wrong place."}),
    field<&Ipv6Extension::body, 16, 0>("body",
        {"Body", "", "RFC 8200, section 4",
            "The bytes after the length: options or addresses, by the type. The whole header "
            "should be a multiple of 8 bytes. A host that does not know an option skips it, or "
            "drops the packet when the option's two highest bits say so."}),
};

constexpr Field fragment[] = {
    field<&Ipv6Fragment::nextHeader, 0, 8>("nextHeader",
        {"Next header", "", "RFC 8200, section 4.5",
            "The header with which the fragmented part of the packet begins: 6 is TCP. Only the "
            "fragment with offset 0 really contains it, but every fragment says the same. The "
            "receiver believes the first fragment."}),
    field<&Ipv6Fragment::reserved, 8, 8>("reserved",
        {"Reserved", "", "RFC 8200, section 4.5",
            "Eight bits that mean nothing yet. Senders write zero, and receivers ignore them. "
            "Another value shows how a stack or firewall treats what it does not know."},
        FieldKind::hexNumber),
    field<&Ipv6Fragment::fragmentOffset, 16, 13>("fragmentOffset",
        {"Fragment offset", "8-byte units", "RFC 8200, section 4.5",
            "Where the data of this fragment belongs in the fragmented part of the packet. Only "
            "the source fragments in IPv6, never a router. Fragments that overlap make the "
            "receiver drop the whole packet (RFC 5722)."}),
    field<&Ipv6Fragment::reservedBits, 29, 2>("reservedBits",
        {"Reserved bits", "", "RFC 8200, section 4.5",
            "Two bits between the offset and the last flag that mean nothing yet. Senders write "
            "zero, and receivers ignore them. They are here so that every bit can be sent."}),
    field<&Ipv6Fragment::moreFragments, 31, 1>("moreFragments",
        {"More fragments", "", "RFC 8200, section 4.5",
            "Set, other fragments follow this one; clear, it is the last. The receiver waits for "
            "all of them, at most 60 seconds. Clear and with offset 0 the packet is whole: an "
            "atomic fragment (RFC 6946)."}),
    field<&Ipv6Fragment::identification, 32, 32>("identification",
        {"Identification", "", "RFC 8200, section 4.5",
            "It tells which fragments belong together. The source chooses another value for each "
            "packet that it fragments. A receiver never joins fragments with different values."},
        FieldKind::hexNumber),
};

} // namespace

std::span<const Field> ipv6Fields()
{
    return ipv6;
}

std::span<const Field> ipv6ExtensionFields()
{
    return extension;
}

std::span<const Field> ipv6FragmentFields()
{
    return fragment;
}

} // namespace tcpw
