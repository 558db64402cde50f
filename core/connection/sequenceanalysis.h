// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/flow.h"
#include "connection/segmentfacts.h"

namespace tcpw {

/// One segment on its way through the rules.
struct Arrival
{
    const SegmentFacts& segment;
    std::uint32_t number = 0; ///< of the packet
    std::int64_t time = 0; ///< in nanoseconds
};

/// The names of one segment, by the rules of Wireshark 4.0 in their order, which matters: each may
/// look at what the ones before said. `from` and `to` are the two directions before this segment;
/// they are brought up to date. `firstRoundTrip` in nanoseconds, 0 while unknown.
class SequenceAnalysis
{
public:
    SequenceAnalysis(const Arrival& arrival, Flow& from, Flow& to, std::int64_t firstRoundTrip);

    AnalysisNames run();

private:
    bool isBare() const { return m_segment.dataLength == 0; }
    bool repeatsNumbers() const;
    bool repeatsWindow() const;
    void nameWindow();
    void namePlace();
    bool nameAnswer();
    void nameAcknowledgment();
    void nameBeyond();
    void nameRepetition();
    void addRetransmission(AnalysisName kind);
    bool isFastRetransmission() const;

    bool isOutOfOrder() const;
    bool isSpurious() const;
    std::uint32_t countedEnd() const;
    void rememberNumbers();
    void rememberAcknowledgment();
    void add(AnalysisName name) { m_names.add(name); }

    const Arrival& m_arrival;
    const SegmentFacts& m_segment;
    Flow& m_from;
    Flow& m_to;
    std::int64_t m_firstRoundTrip;
    AnalysisNames m_names;
    bool m_special = false; ///< SYN, FIN or RST: most rules pass it over
};

} // namespace tcpw
