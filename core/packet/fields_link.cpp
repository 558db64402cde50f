// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fieldaccess.h"
#include "packet/fieldtables.h"

namespace tcpw {

using namespace fieldaccess;

namespace {

constexpr const char* etherTypeHelp
    = "It says what the next header is: 0x0800 for IPv4, 0x86dd for IPv6, 0x0806 for ARP, 0x8100 "
      "for a VLAN tag; below 1536 it is the length of an IEEE 802.3 frame instead. Automatic, it "
      "follows the next layer. A receiver hands the frame to whoever reads that type, and drops "
      "it silently where nobody does.";

constexpr Field ethernet[] = {
    field<&EthernetHeader::destination, 0, 48>("destination",
        {"Destination", "", "IEEE 802.3, clause 3.2.3",
            "The MAC address of the next machine on this link: the peer, or the router towards "
            "it. The sender finds it by ARP or neighbour discovery. A network card drops frames "
            "for other addresses, so a wrong one means that nobody answers."}),
    field<&EthernetHeader::source, 48, 48>("source",
        {"Source", "", "IEEE 802.3, clause 3.2.4",
            "The MAC address of the network card that sends the frame. Switches learn from it "
            "where the machine is, and answers go to it. Wi-Fi access points and virtual "
            "switches often drop frames from an address that they do not know."}),
    field<&EthernetHeader::etherType, 96, 16>("etherType",
        {"EtherType", "", "IEEE 802.3, clause 3.2.6", etherTypeHelp}, FieldKind::hexNumber),
};

constexpr Field vlan[] = {
    field<&VlanTag::priority, 0, 3>("priority",
        {"Priority", "", "IEEE 802.1Q, clause 9.6",
            "The priority code point, from 0 to 7; 0 is best effort. The sender or the first "
            "switch sets it. Switches put frames of a higher class into a queue that is served "
            "first; it does not change where the frame goes."}),
    field<&VlanTag::dropEligible, 3, 1>("dropEligible",
        {"Drop eligible", "", "IEEE 802.1Q, clause 9.6",
            "Set, it says that a congested switch may drop this frame before others. Senders "
            "leave it clear, and a switch that meters traffic may set it. Equipment that is "
            "older than IEEE 802.1ad reads the bit as the canonical format indicator."}),
    field<&VlanTag::identifier, 4, 12>("identifier",
        {"VLAN identifier", "", "IEEE 802.1Q, clause 9.6",
            "The number of the virtual network, from 1 to 4094; 0 means no VLAN, only a "
            "priority, and 4095 is reserved. Switches forward the frame only within that "
            "network. A frame for a VLAN that the port does not carry is dropped silently."}),
    field<&VlanTag::etherType, 16, 16>("etherType",
        {"EtherType", "", "IEEE 802.1Q, clause 9.5", etherTypeHelp}, FieldKind::hexNumber),
};

constexpr Field snap[] = {
    field<&SnapHeader::destinationSap, 0, 8>("destinationSap",
        {"Destination SAP", "", "IEEE 802.2, clause 3.3.1; RFC 1042",
            "Who reads the frame at the receiver: 0xaa hands it to the subnetwork access protocol, "
            "which has an EtherType. The sender sets it. A receiver drops a frame for an access "
            "point that it does not have."},
        FieldKind::hexNumber),
    field<&SnapHeader::sourceSap, 8, 8>("sourceSap",
        {"Source SAP", "", "IEEE 802.2, clause 3.3.2; RFC 1042",
            "Who sent the frame, 0xaa as the destination. The lowest bit tells a response from a "
            "command. Receivers of IP look only for 0xaa, and leave other frames to other "
            "protocols."},
        FieldKind::hexNumber),
    field<&SnapHeader::control, 16, 8>("control",
        {"Control", "", "IEEE 802.2, clause 5.2; RFC 1042",
            "What the frame is for: 3 is unnumbered information, as a datagram needs it. Other "
            "values belong to links that number and repeat frames. A receiver of IP drops those."},
        FieldKind::hexNumber),
    field<&SnapHeader::organization, 24, 24>("organization",
        {"Organization", "", "IEEE 802, clause 10.3; RFC 1042",
            "Whose protocol numbers follow: 0 says that they are EtherTypes. Vendors put their own "
            "number here for protocols of theirs. A receiver that does not know it drops the "
            "frame."},
        FieldKind::hexNumber),
    field<&SnapHeader::etherType, 48, 16>(
        "etherType", {"EtherType", "", "RFC 1042", etherTypeHelp}, FieldKind::hexNumber),
};

constexpr Field loopback[] = {
    field<&LoopbackHeader::family, 0, 32>("family",
        {"Address family", "", "LINKTYPE_NULL, www.tcpdump.org/linktypes.html",
            "The family of the packet that follows, as the capturing system numbers it: 2 is "
            "IPv4 everywhere, IPv6 is 10, 24, 28 or 30 by system. The kernel writes it for "
            "captures on its loopback device; it is never sent anywhere. A reader that does not "
            "know the number cannot tell what follows."}),
    outside<&LoopbackHeader::bigEndian>("bigEndian",
        {"Big-endian", "", "LINKTYPE_NULL, www.tcpdump.org/linktypes.html",
            "Whether the family stands with its highest byte first. It is the byte order of the "
            "machine that captured the packet, or always set for OpenBSD's LINKTYPE_LOOP. It is "
            "found out from the place of the zeros and is no byte of its own."}),
};

} // namespace

std::span<const Field> ethernetFields()
{
    return ethernet;
}

std::span<const Field> vlanFields()
{
    return vlan;
}

std::span<const Field> snapFields()
{
    return snap;
}

std::span<const Field> loopbackFields()
{
    return loopback;
}

} // namespace tcpw
