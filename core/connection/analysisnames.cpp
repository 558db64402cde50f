// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/analysisnames.h"

#include <array>

namespace tcpw {

namespace {

constexpr std::array texts{"retransmission", "fast_retransmission", "spurious_retransmission",
    "out_of_order", "duplicate_ack", "zero_window", "zero_window_probe", "zero_window_probe_ack",
    "window_update", "window_full", "keep_alive", "keep_alive_ack", "lost_segment",
    "ack_lost_segment", "reused_ports"};
static_assert(texts.size() == analysisNameCount);

} // namespace

const char* analysisNameText(AnalysisName name)
{
    return texts[std::size_t(name)];
}

std::string toText(AnalysisNames names)
{
    std::string text;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (!names.has(AnalysisName(i)))
            continue;
        if (!text.empty())
            text += ',';
        text += texts[i];
    }
    return text;
}

} // namespace tcpw
