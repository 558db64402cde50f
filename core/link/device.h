// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/linktype.h"
#include "packet/addresses.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tcpw {

/// Which device is meant. A name alone is not enough: a deleted and re-created name has a new
/// index.
struct DeviceId
{
    std::uint32_t index = 0; ///< the kernel's interface index; 0 for `any`
    std::string name;
    std::uint64_t networkNamespace = 0; ///< the inode of its network namespace; 0: not known
    friend bool operator==(const DeviceId&, const DeviceId&) = default;
};

struct DeviceAddress
{
    IpAddress address;
    std::uint8_t prefixLength = 0; ///< in bits
    friend bool operator==(const DeviceAddress&, const DeviceAddress&) = default;
};

/// A network device as the picker shows it.
struct Device
{
    DeviceId id;
    std::string description; ///< text from outside: plain text only
    std::vector<DeviceAddress> addresses;
    MacAddress mac; ///< zero where it has none
    LinkType linkType = LinkType::ethernet;
    std::uint32_t mtu = 0; ///< in bytes, without the link-layer header
    bool up = false;
    bool running = false; ///< the link is there (a cable, a carrier, an association)
    bool loopback = false;
    bool wireless = false;
    bool lab = false; ///< the practice network's near end
    std::string captureProblem; ///< a sentence why it cannot be captured on; "" when it can
    std::string injectProblem; ///< a sentence why nothing can be sent on it; "" when it can
    friend bool operator==(const Device&, const Device&) = default;
};

} // namespace tcpw
