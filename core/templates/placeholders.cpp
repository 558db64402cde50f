// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "templates/placeholders.h"

#include <algorithm>

namespace tcpw {

const char* placeholderName(Placeholder placeholder)
{
    switch (placeholder) {
    case Placeholder::deviceMac:
        return "device.mac";
    case Placeholder::deviceIpv4:
        return "device.ipv4";
    case Placeholder::deviceIpv6:
        return "device.ipv6";
    case Placeholder::peerMac:
        return "peer.mac";
    case Placeholder::peerIpv4:
        return "peer.ipv4";
    case Placeholder::peerIpv6:
        return "peer.ipv6";
    case Placeholder::newPort:
        return "new.port";
    case Placeholder::newSequence:
        return "new.sequence";
    }
    return "";
}

const char* placeholderWords(Placeholder placeholder)
{
    switch (placeholder) {
    case Placeholder::deviceMac:
    case Placeholder::deviceIpv4:
    case Placeholder::deviceIpv6:
        return "this device's address";
    case Placeholder::peerMac:
        return "found on the network";
    case Placeholder::peerIpv4:
    case Placeholder::peerIpv6:
        return "the practice network's far end";
    case Placeholder::newPort:
    case Placeholder::newSequence:
        return "new each Send";
    }
    return "";
}

std::optional<Placeholder> parsePlaceholder(std::string_view text)
{
    const auto found = std::ranges::find_if(allPlaceholders,
        [text](Placeholder placeholder) { return placeholderText(placeholder) == text; });
    if (found == allPlaceholders.end())
        return {};
    return *found;
}

std::string placeholderText(Placeholder placeholder)
{
    return std::string("{") + placeholderName(placeholder) + "}";
}

bool placeholderFits(Placeholder placeholder, const Field& field)
{
    const std::string_view name = field.name;
    switch (placeholder) {
    case Placeholder::deviceMac:
    case Placeholder::peerMac:
        return field.kind == FieldKind::mac;
    case Placeholder::deviceIpv4:
    case Placeholder::peerIpv4:
        return field.kind == FieldKind::ipv4;
    case Placeholder::deviceIpv6:
    case Placeholder::peerIpv6:
        return field.kind == FieldKind::ipv6;
    case Placeholder::newPort:
        return name == "sourcePort" || name == "destinationPort";
    case Placeholder::newSequence:
        return name == "sequenceNumber" || name == "acknowledgmentNumber";
    }
    return false;
}

} // namespace tcpw
