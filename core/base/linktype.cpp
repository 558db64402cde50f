// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/linktype.h"

#include <algorithm>
#include <iterator>

namespace tcpw {

namespace {

struct Name
{
    std::uint16_t number;
    const char* text;
};

// Sorted by number; the registry is at https://www.tcpdump.org/linktypes.html.
constexpr Name names[] = {
    {0, "BSD loopback"},
    {1, "Ethernet"},
    {3, "AX.25"},
    {6, "IEEE 802.5 Token Ring"},
    {7, "ARCNET"},
    {8, "SLIP"},
    {9, "PPP"},
    {10, "FDDI"},
    {50, "PPP in HDLC-like framing"},
    {51, "PPP over Ethernet"},
    {100, "RFC 1483 ATM"},
    {101, "Raw IP"},
    {104, "Cisco HDLC"},
    {105, "IEEE 802.11 wireless LAN"},
    {107, "Frame Relay"},
    {108, "OpenBSD loopback"},
    {113, "Linux cooked v1"},
    {114, "Apple LocalTalk"},
    {117, "OpenBSD pflog"},
    {119, "IEEE 802.11 with Prism header"},
    {122, "IP over Fibre Channel"},
    {123, "SunATM"},
    {127, "IEEE 802.11 with radiotap header"},
    {129, "ARCNET, Linux"},
    {138, "IP over IEEE 1394"},
    {139, "MTP2 with pseudo-header"},
    {140, "MTP2"},
    {141, "MTP3"},
    {142, "SCCP"},
    {143, "DOCSIS"},
    {144, "Linux IrDA"},
    {147, "private use 0"},
    {163, "IEEE 802.11 with AVS header"},
    {165, "BACnet MS/TP"},
    {166, "PPP, pppd"},
    {169, "GPRS LLC"},
    {177, "Linux LAPD"},
    {187, "Bluetooth HCI H4"},
    {189, "USB, Linux"},
    {192, "Per-Packet Information"},
    {195, "IEEE 802.15.4 with FCS"},
    {197, "ERF"},
    {201, "Bluetooth HCI H4 with direction"},
    {203, "LAPD"},
    {204, "PPP with direction"},
    {209, "I2C, Linux"},
    {212, "LIN"},
    {215, "IEEE 802.15.4 with non-ASK PHY header"},
    {220, "USB, Linux memory-mapped"},
    {224, "Fibre Channel FC-2"},
    {227, "CAN, SocketCAN"},
    {228, "Raw IPv4"},
    {229, "Raw IPv6"},
    {230, "IEEE 802.15.4 without FCS"},
    {231, "D-Bus"},
    {239, "Linux netfilter log"},
    {240, "netANALYZER"},
    {245, "NFC LLCP"},
    {247, "InfiniBand"},
    {248, "SCTP"},
    {249, "USBPcap"},
    {251, "Bluetooth Low Energy"},
    {253, "Linux netlink"},
    {254, "Bluetooth Linux monitor"},
    {256, "Bluetooth Low Energy with pseudo-header"},
    {258, "Apple PKTAP"},
    {259, "Ethernet passive optical network"},
    {264, "ISO 14443"},
    {265, "Radio data system"},
    {266, "USB, Darwin"},
    {268, "SDLC"},
    {270, "LoRaTap"},
    {271, "vsock"},
    {272, "Nordic BLE sniffer"},
    {274, "Xilinx extended Ethernet"},
    {276, "Linux cooked v2"},
    {278, "OpenVizsla USB"},
    {279, "Elektrobit high-speed capture"},
    {283, "IEEE 802.15.4 with TAP header"},
};

} // namespace

std::string linkTypeName(LinkType type)
{
    const auto number = static_cast<std::uint16_t>(type);
    const auto found = std::lower_bound(std::begin(names), std::end(names), number,
        [](const Name& name, std::uint16_t wanted) { return name.number < wanted; });
    if (found == std::end(names) || found->number != number)
        return "link type " + std::to_string(number);
    return found->text;
}

} // namespace tcpw
