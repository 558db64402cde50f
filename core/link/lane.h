// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/injectedframes.h"
#include "link/packetfilter.h"
#include "link/packetmerger.h"
#include "link/pcaphandle.h"
#include "link/socketfilter.h"

#include <optional>

struct pcap_pkthdr;

namespace tcpw {

/// What a lane's packets are, and so what their origin is.
enum class LaneRole
{
    incoming, ///< peer
    injected, ///< me: it carries our mark
    ownKernel, ///< kernel: it goes out without our mark
    outgoing, ///< me or kernel, told by what was injected, where frames cannot be marked
    loopback, ///< kernel: lo shows each frame once, as incoming, and all are this machine's own
    allDevices, ///< `any`: libpcap's made-up header has the direction
};

/// One of the capture handles of a device. Each takes a part of the traffic that the kernel knows,
/// so that a packet's origin is certain; together they take every packet once. libpcap's own
/// pcap_setdirection() cannot ask for the mark, and filters after the ring was filled.
class Lane
{
public:
    Lane(LaneRole role, PcapPointer handle, std::uint8_t number);

    int descriptor() const; ///< readable when there are packets
    pcap* handle() const { return m_handle.get(); }

    /// Only the destructor may be called afterwards.
    void close() { m_handle.reset(); }

    /// Gets packets from now on: those of its part that pass the filters.
    Result<void> begin(const FilterProgram& kernelFilter, std::optional<PacketFilter> filterHere);
    /// Gets no more packets; those in the ring stay.
    void end();

    /// Moves what is in the ring to ring `index` of the merger, at most about a megabyte at a time.
    /// Gives the number of packets read, less than 0 on failure (problem()).
    int read(PacketMerger& merger, std::size_t index, InjectedFrames& injected);
    /// Whether read() ended before the ring did.
    bool hasMore() const { return m_hasMore; }
    /// Reads and forgets.
    int discard();
    std::string problem() const;

    /// Reads the kernel's counters; only what is counted then is known to the functions below.
    void count();
    /// True when every packet that the kernel put in the ring was read.
    bool drained() const;
    std::uint64_t dropped() const { return m_dropped; } ///< the ring was full
    std::uint64_t unread() const { return m_accepted - m_read; } ///< in the ring

private:
    struct Reading;
    static void take(unsigned char* reading, const pcap_pkthdr* header, const unsigned char* bytes);
    Origin originOf(ByteView bytes, std::size_t originalLength, InjectedFrames& injected) const;

    LaneRole m_role;
    PcapPointer m_handle;
    std::uint8_t m_number;
    LinkType m_linkType;
    std::optional<PacketFilter> m_filterHere; ///< where the kernel cannot do it
    bool m_hasMore = false;
    std::uint64_t m_read = 0;
    std::uint64_t m_accepted = 0; ///< into the ring, by the kernel's counter
    std::uint64_t m_dropped = 0;
};

} // namespace tcpw
