// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/fields.h"

#include <functional>
#include <map>
#include <string>

namespace tcpw {

/// A value that is only known when the packet is sent.
enum class Placeholder
{
    deviceMac, ///< "{device.mac}"
    deviceIpv4, ///< "{device.ipv4}"
    deviceIpv6, ///< "{device.ipv6}"
    peerMac, ///< "{peer.mac}": found by the neighbour table, ARP or neighbour discovery
    peerIpv4, ///< "{peer.ipv4}": the lab's far end; on other devices one has to say it
    peerIpv6, ///< "{peer.ipv6}"
    newPort, ///< "{new.port}": free, outside the kernel's range, another at each Send
    newSequence, ///< "{new.sequence}": random, another at each Send
};

const char* placeholderName(Placeholder placeholder); ///< "device.mac"
const char* placeholderWords(
    Placeholder placeholder); ///< "new each Send", "this device's address", ...
std::optional<Placeholder> parsePlaceholder(std::string_view text); ///< "{device.mac}"

/// A packet that is being written: values, and placeholders for some of them by path.
struct Draft
{
    Packet packet;
    std::map<std::string, Placeholder>
        placeholders; ///< by pathName(); those fields' values are ignored
    friend bool operator==(const Draft&, const Draft&) = default;
};

/// Sets a field to a value, "auto" or a placeholder in braces; a value removes the placeholder.
Result<void> setDraftField(Draft& draft, std::string_view path, std::string_view text);
/// "{new.port}", "auto", or the value.
Result<std::string> draftFieldText(const Draft& draft, std::string_view path);

/// Where placeholders get their values. A function that is not set or fails makes resolve() fail.
struct PlaceholderSource
{
    MacAddress deviceMac;
    std::optional<Ipv4Address> deviceIpv4;
    std::optional<Ipv6Address> deviceIpv6;
    std::optional<Ipv4Address> peerIpv4;
    std::optional<Ipv6Address> peerIpv6;
    std::function<Result<MacAddress>(const IpAddress&)> peerMac; ///< for the packet's destination
    std::function<Result<std::uint16_t>()> newPort;
    std::function<std::uint32_t()> newSequence;
};

/// The packet with a value for every placeholder; fails with a sentence that names field and
/// remedy.
Result<Packet> resolve(const Draft& draft, const PlaceholderSource& source);

} // namespace tcpw
