// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/socketfilter.h"

#include <cerrno>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <random>
#include <sys/socket.h>

namespace tcpw {

namespace {

constexpr std::uint32_t loopbackIndex = 1; // in every network namespace

static_assert(sizeof(FilterInstruction) == sizeof(sock_filter));

FilterInstruction loadAncillary(int which)
{
    return {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<std::uint32_t>(SKF_AD_OFF + which)};
}

FilterInstruction jumpIfEqual(std::uint32_t value, std::uint8_t whenTrue, std::uint8_t whenFalse)
{
    return {BPF_JMP | BPF_JEQ | BPF_K, whenTrue, whenFalse, value};
}

FilterInstruction giveBack(std::uint32_t bytes)
{
    return {BPF_RET | BPF_K, 0, 0, bytes};
}

/// Each ends in `return 0`; what is to be taken jumps over that, to the filter that follows.
FilterProgram beginning(TrafficPart part, std::uint32_t mark)
{
    const FilterInstruction direction = loadAncillary(SKF_AD_PKTTYPE);
    const FilterInstruction device = loadAncillary(SKF_AD_IFINDEX);
    const FilterInstruction marking = loadAncillary(SKF_AD_MARK);
    const FilterInstruction reject = giveBack(0);
    switch (part) {
    case TrafficPart::incoming:
        return {direction, jumpIfEqual(PACKET_OUTGOING, 0, 1), reject};
    case TrafficPart::outgoing:
        return {direction, jumpIfEqual(PACKET_OUTGOING, 1, 0), reject};
    case TrafficPart::outgoingMarked:
        return {direction, jumpIfEqual(PACKET_OUTGOING, 0, 2), marking, jumpIfEqual(mark, 1, 0),
            reject};
    case TrafficPart::outgoingUnmarked:
        return {direction, jumpIfEqual(PACKET_OUTGOING, 0, 2), marking, jumpIfEqual(mark, 0, 1),
            reject};
    case TrafficPart::allButMarked:
        return {direction, jumpIfEqual(PACKET_OUTGOING, 0, 5), device,
            jumpIfEqual(loopbackIndex, 2, 0), marking, jumpIfEqual(mark, 0, 1), reject};
    }
    return {};
}

} // namespace

FilterProgram acceptAll(std::uint32_t snapshotLength)
{
    return {giveBack(snapshotLength)};
}

FilterProgram onlyPart(TrafficPart part, std::uint32_t mark, const FilterProgram& filter)
{
    FilterProgram program = beginning(part, mark);
    program.insert(program.end(), filter.begin(), filter.end());
    return program;
}

FilterProgram onlyByte(std::uint32_t offset, std::uint8_t value)
{
    return {{BPF_LD | BPF_B | BPF_ABS, 0, 0, offset}, jumpIfEqual(value, 0, 1), giveBack(262144),
        giveBack(0)};
}

int attachFilter(int socket, const FilterProgram& filter)
{
    std::vector<sock_filter> instructions;
    for (const FilterInstruction& each : filter)
        instructions.push_back({each.code, each.jumpTrue, each.jumpFalse, each.operand});
    const sock_fprog program{static_cast<unsigned short>(instructions.size()), instructions.data()};
    if (instructions.size() > maximumFilterInstructions)
        return EINVAL;
    return ::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0
        ? 0
        : errno;
}

int attachDropAll(int socket)
{
    return attachFilter(socket, {giveBack(0)});
}

bool setMark(int socket, std::uint32_t mark)
{
    return ::setsockopt(socket, SOL_SOCKET, SO_MARK, &mark, sizeof mark) == 0;
}

std::uint32_t injectionMark()
{
    static const std::uint32_t mark = std::random_device()() | 1; // 0 stands for no mark
    return mark;
}

} // namespace tcpw
