// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "packet/summary.h"

#include <memory>
#include <string>

namespace tcpw {

/// An expression that shows some packets and hides others: tcpdump's words, and words of our own:
///   from me|kernel|peer     who put it on the wire
///   flags SYN,ACK           exactly these control bits
///   option timestamps       a TCP option of that name
/// joined by and, or (of equal rank, from left to right, as tcpdump joins), not, and brackets.
class DisplayFilter
{
public:
    /// Shows everything.
    DisplayFilter();
    ~DisplayFilter();
    DisplayFilter(const DisplayFilter&);
    DisplayFilter& operator=(const DisplayFilter&);

    /// Fails with a sentence that names the word it stumbled over. tcpdump's part is compiled for
    /// `linkType` at once, for other link types when they come.
    static Result<DisplayFilter> parse(const std::string& text, LinkType linkType);

    bool matches(const PacketRecord& record, ByteView bytes) const;

    struct Node;

private:
    std::shared_ptr<const Node> m_root;
};

} // namespace tcpw
