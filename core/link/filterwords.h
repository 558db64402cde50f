// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcpw::filterwords {

/// True for the words of tcpdump's filter language (pcap-filter(7)).
bool isKeyword(std::string_view word);

/// True for `ether` and its like, after which `proto` means an EtherType.
bool isLinkWord(std::string_view word);

/// True for the names of an EtherType that libpcap knows by itself.
bool isEtherType(std::string_view name);

/// The number of a well-known port; a fixed list, no name service is asked.
std::optional<std::uint16_t> portNumber(std::string_view name);

/// The number of an IP protocol; a fixed list, no name service is asked.
std::optional<std::uint8_t> protocolNumber(std::string_view name);

} // namespace tcpw::filterwords
