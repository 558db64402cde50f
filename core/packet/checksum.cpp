// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/checksum.h"

#include "packet/computed.h"

#include <bit>
#include <cstring>

namespace tcpw {

namespace {

template <typename Word> std::uint64_t load(const std::uint8_t* from)
{
    Word word = 0;
    std::memcpy(&word, from, sizeof word);
    return word;
}

/// The sum of the bytes as 16-bit words in the machine's byte order, folded to 32 bits or so; the
/// order of the bytes does not matter to a one's complement sum but for a last swap (RFC 1071,
/// section 2).
std::uint64_t nativeSum(ByteView bytes)
{
    std::uint64_t sum = 0;
    const std::uint8_t* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 16; left -= 16, at += 16)
        sum += load<std::uint32_t>(at) + load<std::uint32_t>(at + 4) + load<std::uint32_t>(at + 8)
            + load<std::uint32_t>(at + 12);
    for (; left >= 2; left -= 2, at += 2)
        sum += load<std::uint16_t>(at);
    if (left > 0) {
        std::uint8_t last[2] = {*at, 0};
        sum += load<std::uint16_t>(last);
    }
    return sum;
}

std::uint16_t folded(std::uint64_t sum)
{
    sum = (sum >> 32) + (sum & 0xffff'ffffu);
    sum = (sum >> 32) + (sum & 0xffff'ffffu);
    sum = (sum >> 16) + (sum & 0xffffu);
    sum = (sum >> 16) + (sum & 0xffffu);
    sum = (sum >> 16) + (sum & 0xffffu);
    return static_cast<std::uint16_t>(sum);
}

std::uint16_t swapped(std::uint16_t value)
{
    return static_cast<std::uint16_t>(value << 8 | value >> 8);
}

} // namespace

std::uint16_t onesComplementSum(ByteView bytes, std::uint16_t start)
{
    const std::uint16_t sum = folded(nativeSum(bytes));
    const bool littleEndian = std::endian::native == std::endian::little;
    return folded(std::uint64_t{start} + (littleEndian ? swapped(sum) : sum));
}

const char* checksumStateName(ChecksumState state)
{
    switch (state) {
    case ChecksumState::good:
        return "good";
    case ChecksumState::bad:
        return "bad";
    case ChecksumState::offload:
        return "offload";
    case ChecksumState::unverified:
        return "unverified";
    case ChecksumState::none:
        break;
    }
    return "none";
}

} // namespace tcpw
