// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "connection/trackedpacket.h"

#include <memory>
#include <string>

namespace tcpw {

/// An expression that shows some packets and hides others: tcpdump's words, and words of our own:
///   from me|kernel|peer     who put it on the wire
///   flags SYN,ACK           exactly these control bits
///   option timestamps       a TCP option of that name
///   problem retransmission  what the analysis calls it (connection/analysisnames.h), or
///                           wrong_checksum, or any
///   checksum bad            how the TCP, UDP or ICMP checksum stands (packet/checksum.h)
///   connection 3            a number that the tracker gave
///   seq, ack, window 5      a TCP header's number, as it stands there
///   payload 0               bytes of data in a TCP segment
///   device 1                the number of the device that captured it
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

    /// `tracked` is what the tracker said of the packet, where one follows them.
    bool matches(const PacketRecord& record, ByteView bytes,
        const TrackedPacket& tracked = TrackedPacket()) const;
    /// Whether it asks for what only a tracker can say.
    bool needsTracking() const;

    struct Node;

private:
    std::shared_ptr<const Node> m_root;
};

} // namespace tcpw
