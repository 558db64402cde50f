// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/option.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tcpw {

/// TCP option kinds (https://www.iana.org/assignments/tcp-parameters).
namespace TcpOptionKind {
inline constexpr std::uint8_t endOfList = 0; ///< RFC 9293
inline constexpr std::uint8_t noOperation = 1; ///< RFC 9293
inline constexpr std::uint8_t maximumSegmentSize = 2; ///< RFC 9293, length 4
inline constexpr std::uint8_t windowScale = 3; ///< RFC 7323, length 3
inline constexpr std::uint8_t sackPermitted = 4; ///< RFC 2018, length 2
inline constexpr std::uint8_t sack = 5; ///< RFC 2018, length 10, 18, 26 or 34
inline constexpr std::uint8_t timestamps = 8; ///< RFC 7323, length 10
inline constexpr std::uint8_t md5Signature = 19; ///< RFC 2385, length 18
inline constexpr std::uint8_t userTimeout = 28; ///< RFC 5482, length 4
inline constexpr std::uint8_t authentication = 29; ///< TCP-AO, RFC 5925, length 4 or more
inline constexpr std::uint8_t fastOpenCookie = 34; ///< RFC 7413, length 2, or 6 to 18 and even
} // namespace TcpOptionKind

struct SackBlock
{
    std::uint32_t leftEdge = 0;
    std::uint32_t rightEdge = 0; ///< the first sequence number that is not in the block
    friend bool operator==(const SackBlock&, const SackBlock&) = default;
};

struct Timestamps
{
    std::uint32_t value = 0; ///< TSval
    std::uint32_t echoReply = 0; ///< TSecr
    friend bool operator==(const Timestamps&, const Timestamps&) = default;
};

namespace tcpOption {

Option endOfList();
Option noOperation();
Option maximumSegmentSize(std::uint16_t bytes);
Option windowScale(std::uint8_t shift);
Option sackPermitted();
Option sack(const std::vector<SackBlock>& blocks);
Option timestamps(Timestamps values);
Option md5Signature(ByteView digest);
/// `timeout` in seconds, or in minutes when `inMinutes`; 15 bits.
Option userTimeout(std::uint16_t timeout, bool inMinutes = false);
Option authentication(std::uint8_t keyId, std::uint8_t nextKeyId, ByteView code);
Option fastOpenCookie(ByteView cookie);

} // namespace tcpOption

/// The values of an option; empty when it is of another kind or its length is not what the RFC
/// says.
std::optional<std::uint16_t> maximumSegmentSize(const Option& option);
std::optional<std::uint8_t> windowScale(const Option& option);
std::optional<Timestamps> timestamps(const Option& option);
std::optional<std::vector<SackBlock>> sackBlocks(const Option& option);
std::optional<Timestamps> findTimestamps(const Options& options);

/// True when the option's kind is known and its length is one that the RFC allows, or the kind is
/// unknown and its length is that of its data.
bool isWellFormed(const Option& tcpOption);

/// "mss", "window-scale", ...; "kind-253" for one without a name.
std::string tcpOptionName(std::uint8_t kind);

/// The notation of options that form, JSON and command line share:
///   mss=1460,sack-permitted,timestamps=123:0,nop,window-scale=7,sack=1-10+20-30,user-timeout=30s,
///   md5=HEX,ao=KEYID:NEXT:HEX,fast-open=HEX,end,kind-253=HEX,mss/3=HEX,tail=HEX
/// NAME/LENGTH=HEX states the length byte, right or wrong; tail=HEX is what follows the list.
std::string toText(const Options& tcpOptions);
/// Reads that notation; fails with a sentence that names the word it could not read.
Result<Options> parseTcpOptions(std::string_view text);

/// The same for IPv4 options: end, nop, kind-N=HEX, kind-N/LENGTH=HEX, tail=HEX.
std::string ipv4OptionsToText(const Options& options);
Result<Options> parseIpv4Options(std::string_view text);

/// One option for a reader: "maximum segment size 1460 bytes".
std::string describeTcpOption(const Option& option);

} // namespace tcpw
