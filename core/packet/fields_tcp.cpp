// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fieldaccess.h"
#include "packet/fieldtables.h"

namespace tcpw {

using namespace fieldaccess;

namespace {

constexpr const char* rfc9293 = "RFC 9293, section 3.1";

constexpr Field tcp[] = {
    field<&TcpHeader::sourcePort, 0, 16>("sourcePort",
        {"Source port", "", rfc9293,
            "The port of the sender, to which the answer goes. A client takes a free one for "
            "each connection, from 32768 to 60999 on Linux. The two addresses and the two ports "
            "together name the connection, so another port is another connection."}),
    field<&TcpHeader::destinationPort, 16, 16>("destinationPort",
        {"Destination port", "", rfc9293,
            "The port at which the receiver's program waits: 80 for HTTP, 443 for HTTPS, 8081 in "
            "the practice network. If nobody listens there, the receiver answers a SYN with RST. "
            "A firewall often drops it instead, and then nothing comes back."}),
    field<&TcpHeader::sequenceNumber, 32, 32>("sequenceNumber",
        {"Sequence number", "", "RFC 9293, sections 3.1 and 3.4",
            "The number of the first byte of data in this segment; a SYN and a FIN count as one "
            "byte each. The first one is random, the initial sequence number, and later ones "
            "continue it modulo 2^32. A receiver answers a segment outside its window with an ACK "
            "that says what it expects, and throws the data away."}),
    field<&TcpHeader::acknowledgmentNumber, 64, 32>("acknowledgmentNumber",
        {"Acknowledgment number", "", "RFC 9293, sections 3.1 and 3.4",
            "The sequence number that the sender of this segment expects next: everything before "
            "it has arrived. It counts only while the ACK bit is set. In the handshake a wrong "
            "one draws a RST; later it draws an ACK or is ignored."}),
    field<&TcpHeader::dataOffset, 96, 4>("dataOffset",
        {"Data offset", "32-bit words", rfc9293,
            "How long the TCP header is, options included, and so where the data begins: 5 words "
            "are the 20 bytes without options, 15 words the most. Automatic, it is counted from "
            "the options. With less than 5, or more than the segment has, a receiver drops the "
            "segment silently."}),
    field<&TcpHeader::controlBits, 100, 12>("controlBits",
        {"Control bits", "", "RFC 9293, section 3.1; RFC 3168; RFC 9768",
            "The flags: SYN opens, FIN closes, RST breaks off, ACK makes the acknowledgment "
            "number count, PSH asks to hand the data up, URG makes the urgent pointer count. ECE, "
            "CWR and AE report congestion, and R1 to R3 are reserved. Combinations such as "
            "SYN,FIN make no sense, and stacks and firewalls treat them differently."}),
    field<&TcpHeader::window, 112, 16>("window",
        {"Window", "bytes", "RFC 9293, section 3.1; RFC 7323, section 2",
            "How many bytes the sender of this segment is ready to receive, counted from the "
            "acknowledgment number. After a handshake with the window scale option it is "
            "multiplied by 2 to the power of that shift, but never in a SYN. With 0 the other "
            "side stops sending and probes until the window opens."}),
    field<&TcpHeader::checksum, 128, 16>("checksum",
        {"Checksum", "", "RFC 9293, section 3.1; RFC 1071",
            "A sum over the TCP header, the data and a pseudo-header of IP addresses, protocol "
            "and length. Automatic, it is computed. A receiver drops a segment with a wrong one "
            "silently, so no answer comes; segments captured on the sending machine often hold a "
            "half-done one that the network card finishes."},
        FieldKind::hexNumber),
    field<&TcpHeader::urgentPointer, 144, 16>("urgentPointer",
        {"Urgent pointer", "bytes", "RFC 9293, section 3.8.5; RFC 6093",
            "Where the urgent data ends, counted from the sequence number. It counts only while "
            "the URG bit is set. Hardly anybody uses it any more, and new programs should not "
            "(RFC 6093)."}),
    field<&TcpHeader::options, 160, 0>("options",
        {"Options", "", "RFC 9293, section 3.2; RFC 7323; RFC 2018",
            "Up to 40 bytes of options, filled up with zeros to a multiple of four bytes. MSS, "
            "window scale and SACK-permitted count only in a SYN; timestamps, once agreed on, "
            "are in every segment. A receiver skips an option that it does not know by its length "
            "byte, and stops reading at a length that cannot be."},
        FieldKind::tcpOptions),
};

} // namespace

std::span<const Field> tcpFields()
{
    return tcp;
}

} // namespace tcpw
