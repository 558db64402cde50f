// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/lane.h"

namespace tcpw {

/// The capture handles of one device, opened together. Used by one thread at a time.
class LaneSet
{
public:
    /// Opens the device and begins; says in `started` what it is like.
    static Result<LaneSet> open(const CaptureOptions& options, CaptureStarted& started);
    LaneSet(LaneSet&&) = default;
    ~LaneSet(); ///< closes all handles at once, as closing one takes the kernel some 30 ms

    std::vector<int> descriptors() const;

    /// Reads what is in the rings, at most about a megabyte of each. Gives the number of packets,
    /// less than 0 on failure (problem()).
    int read(InjectedFrames& injected);
    /// Whether it left something in a ring.
    bool hasMore() const;
    std::string problem() const { return m_problem; }

    /// Asks the kernel for its counters.
    void count();
    bool drained() const;
    std::uint64_t dropped() const;
    std::uint64_t unread() const;

    bool empty() const { return m_merger.empty(); }
    /// The packets whose place in the order is certain; count() must have been called after read().
    PacketBatch take();
    PacketBatch takeAll();

    /// Gets no more packets; those in the rings stay.
    void end();

private:
    explicit LaneSet(std::vector<Lane> lanes);
    Result<void> begin(const CaptureOptions& options);
    void forgetEarly();

    std::vector<Lane> m_lanes;
    PacketMerger m_merger;
    std::string m_problem;
};

} // namespace tcpw
