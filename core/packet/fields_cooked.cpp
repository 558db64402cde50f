// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/fieldaccess.h"
#include "packet/fieldtables.h"

namespace tcpw {

using namespace fieldaccess;

namespace {

constexpr const char* version1 = "LINKTYPE_LINUX_SLL, www.tcpdump.org/linktypes.html";
constexpr const char* version2 = "LINKTYPE_LINUX_SLL2, www.tcpdump.org/linktypes.html";

constexpr const char* packetTypeHelp
    = "Whom the packet was for: 0 this machine, 1 everybody (broadcast), 2 a group (multicast), 3 "
      "another machine, 4 sent by this machine. The kernel writes it, as such a capture has no "
      "real link header. It is never on a wire.";
constexpr const char* hardwareTypeHelp
    = "The kind of the device, by Linux's ARPHRD numbers: 1 is Ethernet, 772 loopback, 65534 a "
      "tunnel without link header. It tells how the address and the protocol beside it are to be "
      "read. The kernel writes it.";
constexpr const char* addressLengthHelp
    = "How many of the eight address bytes mean something: 6 for Ethernet, 0 for a device without "
      "addresses. A length above 8 says that the address is longer and only its start is here. "
      "The kernel writes it.";
constexpr const char* addressHelp
    = "The link address of the packet's sender, filled up with zeros to eight bytes. There is no "
      "destination address in this header. For Ethernet the first six bytes are the source's MAC "
      "address.";
constexpr const char* protocolHelp
    = "What follows, as an EtherType: 0x0800 for IPv4, 0x86dd for IPv6. Automatic, it follows the "
      "next layer. For some devices, such as netlink's, the number means something else.";

constexpr Field cooked[] = {
    field<&LinuxCookedHeader::packetType, 0, 16>(
        "packetType", {"Packet type", "", version1, packetTypeHelp}),
    field<&LinuxCookedHeader::hardwareType, 16, 16>(
        "hardwareType", {"Hardware type", "", version1, hardwareTypeHelp}),
    field<&LinuxCookedHeader::addressLength, 32, 16>(
        "addressLength", {"Address length", "bytes", version1, addressLengthHelp}),
    field<&LinuxCookedHeader::address, 48, 64>(
        "address", {"Source address", "", version1, addressHelp}),
    field<&LinuxCookedHeader::protocol, 112, 16>(
        "protocol", {"Protocol", "", version1, protocolHelp}, FieldKind::hexNumber),
};

constexpr Field cooked2[] = {
    field<&LinuxCooked2Header::protocol, 0, 16>(
        "protocol", {"Protocol", "", version2, protocolHelp}, FieldKind::hexNumber),
    field<&LinuxCooked2Header::reserved, 16, 16>("reserved",
        {"Reserved", "", version2,
            "Sixteen bits that mean nothing yet. libpcap writes zero, and a reader ignores them. "
            "Another value is a sign of a damaged or made-up capture."},
        FieldKind::hexNumber),
    field<&LinuxCooked2Header::interfaceIndex, 32, 32>("interfaceIndex",
        {"Interface index", "", version2,
            "The number of the device that the packet passed, as `ip link` counts them. The "
            "kernel writes it, so that a capture on all devices tells them apart. The same "
            "number means another device on another machine."}),
    field<&LinuxCooked2Header::hardwareType, 64, 16>(
        "hardwareType", {"Hardware type", "", version2, hardwareTypeHelp}),
    field<&LinuxCooked2Header::packetType, 80, 8>(
        "packetType", {"Packet type", "", version2, packetTypeHelp}),
    field<&LinuxCooked2Header::addressLength, 88, 8>(
        "addressLength", {"Address length", "bytes", version2, addressLengthHelp}),
    field<&LinuxCooked2Header::address, 96, 64>(
        "address", {"Source address", "", version2, addressHelp}),
};

} // namespace

std::span<const Field> linuxCookedFields()
{
    return cooked;
}

std::span<const Field> linuxCooked2Fields()
{
    return cooked2;
}

} // namespace tcpw
