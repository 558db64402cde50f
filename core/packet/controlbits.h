// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tcpw {

/// The twelve bits after the data offset: three reserved, AE (RFC 9768), CWR and ECE (RFC 3168),
/// and the six of RFC 9293, section 3.1.
struct ControlBits
{
    static constexpr std::uint16_t fin = 0x001, syn = 0x002, rst = 0x004, psh = 0x008, ack = 0x010,
                                   urg = 0x020, ece = 0x040, cwr = 0x080, ae = 0x100,
                                   reserved = 0xe00;
    std::uint16_t value = 0; ///< 12 bits

    constexpr bool has(std::uint16_t bits) const { return (value & bits) == bits; }
    friend bool operator==(const ControlBits&, const ControlBits&) = default;
};

/// "SYN,ACK"; bits in the order FIN SYN RST PSH ACK URG ECE CWR AE R1 R2 R3 (R3 is the highest);
/// "" when none is set.
std::string toText(ControlBits bits);

/// Reads names joined by ',' in any order and case, "none" or "" for no bit, or a number.
Result<ControlBits> parseControlBits(std::string_view text);

} // namespace tcpw
