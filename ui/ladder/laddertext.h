// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/ladder/ladderlayout.h"
#include "ui/ladder/storyends.h"

#include <QStringList>

namespace tcpw {

/// The words on and about the arrows of a ladder diagram.
class LadderText
{
    Q_DECLARE_TR_FUNCTIONS(tcpw::LadderText)
public:
    /// On the arrow, from the longest to the shortest: "SYN,ACK seq 0 ack 1", "SYN,ACK again (No.
    /// 5) seq 0", "SYN,ACK".
    static QStringList labels(const StoryArrow& arrow, const LadderLayout::Row& row);
    /// Who sent it: "me", "kernel", "peer", or the end's address.
    static QString sender(const StoryArrow& arrow, const StoryEnds& names);
    /// A line that says everything about one arrow: "No. 6  +1.03 s  peer → me  SYN,ACK
    /// again (No. 5) seq 0 ack 1".
    static QString line(const FollowedConnection& story, const StoryEnds& names, std::size_t index,
        const LadderLayout::Row& row);
};

} // namespace tcpw
