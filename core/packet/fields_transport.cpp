// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fieldaccess.h"
#include "packet/fieldtables.h"

namespace tcpw {

using namespace fieldaccess;

namespace {

constexpr Field udp[] = {
    field<&UdpHeader::sourcePort, 0, 16>("sourcePort",
        {"Source port", "", "RFC 768",
            "The port of the sender, to which an answer goes. It may be 0 when no answer is "
            "wanted. A client takes a free one for each socket."}),
    field<&UdpHeader::destinationPort, 16, 16>("destinationPort",
        {"Destination port", "", "RFC 768",
            "The port at which the receiver's program waits: 53 for DNS, 123 for NTP. If nobody "
            "has it, the receiver answers with ICMP \"port unreachable\". UDP itself answers "
            "nothing."}),
    field<&UdpHeader::length, 32, 16>("length",
        {"Length", "bytes", "RFC 768",
            "The length of the UDP header and its data; 8 is the least. Automatic, it is "
            "counted. A receiver drops a datagram that is shorter than it says, and ignores what "
            "comes after."}),
    field<&UdpHeader::checksum, 48, 16>("checksum",
        {"Checksum", "", "RFC 768; RFC 8200, section 8.1",
            "A sum over header, data and a pseudo-header of IP addresses, protocol and length. "
            "Automatic, it is computed; 0 means that there is none, which IPv6 does not allow. A "
            "receiver drops a datagram with a wrong one silently."},
        FieldKind::hexNumber),
};

constexpr Field icmp[] = {
    outside<&IcmpHeader::version6>("version6",
        {"For IPv6", "", "RFC 4443, section 2.3",
            "Whether this is ICMPv6. Its type numbers differ from those of ICMP for IPv4, and its "
            "checksum covers a pseudo-header as well. It is no byte of the header: the IP "
            "header's protocol says it."}),
    field<&IcmpHeader::type, 0, 8>("type",
        {"Type", "", "RFC 792; RFC 4443, section 2.1",
            "What the message is. In ICMP, 8 asks for an echo, 0 is the echo, 3 says that "
            "something is unreachable, 11 that the time to live ran out. In ICMPv6, errors are "
            "below 128, echoes are 128 and 129, and neighbour discovery is 135 and 136."}),
    field<&IcmpHeader::code, 8, 8>("code",
        {"Code", "", "RFC 792; RFC 4443",
            "The case within the type, such as \"port unreachable\". The router or host that "
            "reports sets it. TCP gives up a connection attempt for some codes, and only "
            "remembers others."}),
    field<&IcmpHeader::checksum, 16, 16>("checksum",
        {"Checksum", "", "RFC 792; RFC 4443, section 2.3",
            "A sum over the whole message, in ICMPv6 with a pseudo-header as well. Automatic, it "
            "is computed. A receiver drops a message with a wrong one silently."},
        FieldKind::hexNumber),
    field<&IcmpHeader::rest, 32, 32>("rest",
        {"Rest of the header", "", "RFC 792; RFC 4443; RFC 1191",
            "Four bytes whose meaning depends on the type. In echoes they are an identifier and a "
            "sequence number, in \"fragmentation needed\" the lower half is the next link's "
            "packet size, in \"parameter problem\" they point at the wrong byte. Elsewhere they "
            "are zero."},
        FieldKind::hexNumber),
};

constexpr Field payload[] = {
    field<&Payload::bytes, 0, 0>("bytes",
        {"Bytes", "", "",
            "The data that the layers above carry. After a TCP header it is the part of the byte "
            "stream that begins with the sequence number. Any bytes can be sent, as text or as "
            "hexadecimal digits."}),
};

constexpr Field trailer[] = {
    field<&Trailer::bytes, 0, 0>("bytes",
        {"Bytes", "", "IEEE 802.3, clause 3.2.8",
            "Bytes after the end that the IP length states. Mostly it is the padding that brings "
            "an Ethernet frame to its least size of 60 bytes. Receivers ignore it, and no checksum "
            "of IP or TCP covers it."}),
};

constexpr Field rest[] = {
    text<&Rest::wanted>("wanted",
        {"Announced header", "", "",
            "The header that should have begun here. The header before it announced it by its "
            "type or protocol number. It is not sent."}),
    text<&Rest::why>("why",
        {"Why it was not read", "", "",
            "Why these bytes are not shown as fields of that header. Often the capture or the "
            "packet ends too early, or a length before them cannot be right. It is not sent."}),
    field<&Rest::bytes, 0, 0>("bytes",
        {"Bytes", "", "",
            "The bytes as they were found. They are sent again exactly so. Where they begin a "
            "header that is not whole, its first fields can be read by eye."}),
};

} // namespace

std::span<const Field> udpFields()
{
    return udp;
}

std::span<const Field> icmpFields()
{
    return icmp;
}

std::span<const Field> payloadFields()
{
    return payload;
}

std::span<const Field> trailerFields()
{
    return trailer;
}

std::span<const Field> restFields()
{
    return rest;
}

} // namespace tcpw
