// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fieldaccess.h"
#include "packet/fieldtables.h"

namespace tcpw {

using namespace fieldaccess;

namespace {

constexpr Field arp[] = {
    field<&ArpPacket::hardwareType, 0, 16>("hardwareType",
        {"Hardware type", "", "RFC 826",
            "The kind of link whose addresses are asked for; 1 is Ethernet. The sender sets it "
            "by its device. A receiver ignores a request for a link that it does not have."}),
    field<&ArpPacket::protocolType, 16, 16>("protocolType",
        {"Protocol type", "", "RFC 826",
            "The protocol whose address is known, by its EtherType; 0x0800 is IPv4. A receiver "
            "that does not speak the protocol ignores the packet. IPv6 does not use ARP but "
            "neighbour discovery."},
        FieldKind::hexNumber),
    field<&ArpPacket::hardwareLength, 32, 8>("hardwareLength",
        {"Hardware address length", "bytes", "RFC 826",
            "How long the link addresses in this packet are; 6 for Ethernet's MAC addresses. It "
            "tells the receiver where the addresses stand. With another number receivers drop "
            "the packet, as the addresses could not be found."}),
    field<&ArpPacket::protocolLength, 40, 8>("protocolLength",
        {"Protocol address length", "bytes", "RFC 826",
            "How long the protocol addresses in this packet are; 4 for IPv4. It tells the "
            "receiver where the addresses stand. With another number receivers drop the packet."}),
    field<&ArpPacket::operation, 48, 16>("operation",
        {"Operation", "", "RFC 826",
            "What the packet does: 1 asks who has an address, 2 answers. The owner of the target "
            "address answers a request; an answer is sent to the asker alone. Other numbers "
            "belong to reverse ARP and its kin, and hosts ignore them."}),
    field<&ArpPacket::senderHardware, 64, 48>("senderHardware",
        {"Sender MAC address", "", "RFC 826",
            "The MAC address of who sends this packet. The receiver may put it into its "
            "neighbour table beside the sender's IP address. A wrong one misleads the frames "
            "that the receiver sends afterwards."}),
    field<&ArpPacket::senderProtocol, 112, 32>("senderProtocol",
        {"Sender IPv4 address", "", "RFC 826, RFC 5227",
            "The IPv4 address of who sends this packet. The receiver learns from it who can be "
            "reached at the sender's MAC address. Zero is used by a probe that only asks whether "
            "an address is taken (RFC 5227)."}),
    field<&ArpPacket::targetHardware, 144, 48>("targetHardware",
        {"Target MAC address", "", "RFC 826",
            "In an answer, the MAC address of who asked. In a request it is what the sender "
            "wants to know, so it is zero and receivers ignore it."}),
    field<&ArpPacket::targetProtocol, 192, 32>("targetProtocol",
        {"Target IPv4 address", "", "RFC 826",
            "In a request, the IPv4 address whose owner is wanted; the machine that has it "
            "answers, every other one stays silent. In an answer, the address of who asked. "
            "Equal to the sender's address, the packet announces that address to all."}),
};

} // namespace

std::span<const Field> arpFields()
{
    return arp;
}

} // namespace tcpw
