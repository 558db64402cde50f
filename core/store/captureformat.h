// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Numbers of the two capture file formats: draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng.
namespace tcpw::captureformat {

/// No packet is larger, and no field of a file makes us believe otherwise.
constexpr std::uint32_t maximumPacketLength = 256 * 1024; ///< in bytes
constexpr std::uint32_t maximumBlockLength = 16 * 1024 * 1024; ///< in bytes
constexpr std::size_t maximumInterfaces = 65536; ///< in a section
constexpr std::size_t maximumComments = 3; ///< of a packet; more are passed over
constexpr std::size_t maximumNameLength = 255; ///< of a device, in bytes; the rest is passed over

namespace pcap {
constexpr std::uint32_t magicMicroseconds = 0xa1b2c3d4;
constexpr std::uint32_t magicNanoseconds = 0xa1b23c4d;
constexpr std::uint32_t magicModified = 0xa1b2cd34; ///< Kuznetzov's libpcap
constexpr std::size_t headerSize = 24;
constexpr std::size_t recordHeaderSize = 16;
} // namespace pcap

namespace pcapng {
constexpr std::uint32_t sectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t interfaceDescription = 1;
constexpr std::uint32_t obsoletePacket = 2;
constexpr std::uint32_t simplePacket = 3;
constexpr std::uint32_t enhancedPacket = 6;

constexpr std::uint32_t byteOrderMagic = 0x1a2b3c4d;
constexpr std::size_t minimumBlockSize = 12;
constexpr std::size_t minimumSectionSize = 28;
constexpr std::size_t packetDataOffset = 28; ///< of enhanced and obsolete packet blocks

constexpr std::uint16_t optionEnd = 0;
constexpr std::uint16_t optionComment = 1;
constexpr std::uint16_t optionUserApplication = 4; ///< of a section
constexpr std::uint16_t optionFlags = 2; ///< of a packet
constexpr std::uint16_t optionName = 2; ///< of an interface
constexpr std::uint16_t optionTimeResolution = 9; ///< of an interface
constexpr std::uint16_t optionTimeOffset = 14; ///< of an interface

constexpr std::uint32_t flagInbound = 1;
constexpr std::uint32_t flagOutbound = 2;
constexpr std::uint32_t flagDirectionMask = 3;
} // namespace pcapng

/// How we keep in a pcapng file what the format has no place for. The flags' direction bits tell
/// `peer` (inbound) from what this machine sent (outbound). An outbound packet is the kernel's,
/// which is also right for files of other programs, unless this option of the range for local use
/// says that we injected it. In an interface it gives the number of the device. Its value begins
/// with our name because other programs may use the same number.
namespace ours {
constexpr std::uint16_t option = 0x9293;
constexpr std::string_view injected = "tcpw:me";
constexpr std::string_view device = "tcpw:device="; ///< then its number, one byte
/// Stands in a spool for packets that were dropped; of the types for local use. Its body is
/// nothing, mostly a hole.
constexpr std::uint32_t droppedBlock = 0x80009293;
} // namespace ours

} // namespace tcpw::captureformat
