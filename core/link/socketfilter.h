// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>
#include <vector>

namespace tcpw {

/// One instruction of the kernel's classic socket filters, in the kernel's layout.
struct FilterInstruction
{
    std::uint16_t code = 0;
    std::uint8_t jumpTrue = 0;
    std::uint8_t jumpFalse = 0;
    std::uint32_t operand = 0;
};
using FilterProgram = std::vector<FilterInstruction>;

/// The most instructions that the kernel takes.
inline constexpr std::size_t maximumFilterInstructions = 4096;

/// The part of a device's traffic that a packet socket is for, by what the kernel knows of a frame
/// besides its bytes: its direction, its mark (SO_MARK), its device.
enum class TrafficPart
{
    incoming,
    outgoing,
    outgoingMarked, ///< what carries our mark
    outgoingUnmarked,
    allButMarked, ///< for `any`: both directions, but of lo, which shows each frame twice, one
};

/// A filter that takes every packet, cut to `snapshotLength` bytes.
FilterProgram acceptAll(std::uint32_t snapshotLength);

/// A filter that takes of one part what `filter` takes.
FilterProgram onlyPart(TrafficPart part, std::uint32_t mark, const FilterProgram& filter);

/// A filter that takes the packets that have this value in this byte.
FilterProgram onlyByte(std::uint32_t offset, std::uint8_t value);

/// Puts a filter on a socket; gives 0 or an errno.
int attachFilter(int socket, const FilterProgram& filter);

/// From now on the socket gets nothing; gives 0 or an errno.
int attachDropAll(int socket);

/// Tells the kernel to mark all that the socket sends; false where that is not permitted.
bool setMark(int socket, std::uint32_t mark);

/// The mark of everything that this process injects: a random number, the same all its life.
std::uint32_t injectionMark();

} // namespace tcpw
