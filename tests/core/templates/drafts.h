// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/template.h"

#include <QString>

namespace tcpw {

inline QString text(const std::string& string)
{
    return QString::fromStdString(string);
}

/// Ethernet, IPv4 and TCP with the defaults of their structs and no placeholder.
inline Draft plainDraft()
{
    Draft draft;
    draft.packet.layers = {EthernetHeader{}, Ipv4Header{}, TcpHeader{}};
    return draft;
}

/// What the draft says of a field, or the sentence why it does not.
inline QString fieldOf(const Draft& draft, const char* path)
{
    const auto value = draftFieldText(draft, path);
    return text(value ? *value : value.error().message);
}

/// A source that has everything, the same each time.
inline PlaceholderSource fullSource()
{
    PlaceholderSource source;
    source.deviceMac = MacAddress{{2, 0, 0, 0, 0, 1}};
    source.deviceIpv4 = Ipv4Address{0x0a000001};
    source.deviceIpv6 = parseIpv6("fd00::1").value();
    source.peerIpv4 = Ipv4Address{0x0a000002};
    source.peerIpv6 = parseIpv6("fd00::2").value();
    source.peerMac = [](const IpAddress&) -> Result<MacAddress> {
        return MacAddress{{2, 0, 0, 0, 0, 2}};
    };
    source.newPort = []() -> Result<std::uint16_t> {
        return std::uint16_t(61000);
    };
    source.newSequence = [] {
        return 0x12345678u;
    };
    return source;
}

} // namespace tcpw
