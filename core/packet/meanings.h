// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/headers.h"

/// Words for the numbers that the registries assign; "" for a number without any.
namespace tcpw {

std::string vlanPriorityWords(std::uint64_t priority);
std::string packetTypeWords(std::uint64_t type);
std::string hardwareTypeWords(std::uint64_t type);
std::string addressFamilyWords(std::uint64_t family);
std::string arpOperationWords(std::uint64_t operation);
std::string dscpWords(std::uint64_t dscp);
std::string ecnWords(std::uint64_t ecn);
std::string ipv4OptionWords(const Option& option);

std::string controlBitsWords(ControlBits bits);
std::string windowWords(const TcpHeader& header);

/// "port unreachable" for the code 3 of ICMP's type 3.
std::string icmpTypeWords(bool version6, std::uint64_t type);
std::string icmpCodeWords(bool version6, std::uint64_t type, std::uint64_t code);
std::string icmpRestWords(const IcmpHeader& header);

/// "everybody", "multicast", "private", "documentation", ...
std::string addressWords(const MacAddress& address);
std::string addressWords(const Ipv4Address& address);
std::string addressWords(const Ipv6Address& address);

} // namespace tcpw
