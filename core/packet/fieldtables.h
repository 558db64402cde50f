// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/fields.h"

/// The parts of the table of fields, each in the order of the wire.
namespace tcpw {

std::span<const Field> ethernetFields(); // fields_link.cpp
std::span<const Field> vlanFields();
std::span<const Field> snapFields();
std::span<const Field> loopbackFields();
std::span<const Field> linuxCookedFields(); // fields_cooked.cpp
std::span<const Field> linuxCooked2Fields();
std::span<const Field> arpFields(); // fields_arp.cpp
std::span<const Field> ipv4Fields(); // fields_ipv4.cpp
std::span<const Field> ipv6Fields(); // fields_ipv6.cpp
std::span<const Field> ipv6ExtensionFields();
std::span<const Field> ipv6FragmentFields();
std::span<const Field> tcpFields(); // fields_tcp.cpp
std::span<const Field> udpFields(); // fields_transport.cpp
std::span<const Field> icmpFields();
std::span<const Field> payloadFields();
std::span<const Field> trailerFields();
std::span<const Field> restFields();

} // namespace tcpw
