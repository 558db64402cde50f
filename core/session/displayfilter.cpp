// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/displayfilter.h"

#include "connection/segmentfacts.h"
#include "packet/packet.h"
#include "packet/summary.h"
#include "session/filterexpression.h"

#include <algorithm>
#include <utility>

namespace tcpw {

namespace {

using Node = DisplayFilter::Node;

/// A packet that is held against a filter; its headers are read when first asked for.
class Candidate
{
public:
    Candidate(const PacketRecord& record, ByteView bytes, const TrackedPacket& tracked)
        : m_record(record)
        , m_bytes(bytes)
        , m_tracked(tracked)
    {
    }

    bool meets(const Node& node);

private:
    const SegmentFacts* segment()
    {
        if (!std::exchange(m_wasRead, true))
            m_segment = readSegment(m_bytes, m_record.linkType, m_record.originalLength);
        return m_segment ? &*m_segment : nullptr;
    }
    ChecksumState checksum()
    {
        if (!m_checksum)
            m_checksum
                = summarize(decode(m_bytes, m_record.linkType), m_record.originalLength).checksum;
        return *m_checksum;
    }
    bool hasOption(std::uint8_t kind) const;
    bool hasProblem(const Node& node);
    bool hasNumber(FilterNumber which, std::uint32_t value);

    const PacketRecord& m_record;
    ByteView m_bytes;
    const TrackedPacket& m_tracked;
    bool m_wasRead = false;
    std::optional<SegmentFacts> m_segment;
    std::optional<ChecksumState> m_checksum; ///< once it was asked for
};

bool Candidate::meets(const Node& node)
{
    switch (node.kind) {
    case Node::Kind::both:
        return meets(*node.left) && meets(*node.right);
    case Node::Kind::either:
        return meets(*node.left) || meets(*node.right);
    case Node::Kind::negation:
        return !meets(*node.left);
    case Node::Kind::from:
        return m_record.origin == node.origin;
    case Node::Kind::flags:
        return segment() && segment()->controlBits == node.flags;
    case Node::Kind::option:
        return segment() && hasOption(node.optionKind);
    case Node::Kind::problem:
        return hasProblem(node);
    case Node::Kind::checksum:
        return checksum() == node.checksum;
    case Node::Kind::number:
        return hasNumber(node.whichNumber, node.number);
    case Node::Kind::tcpdump:
        break;
    }
    const PacketFilter* program = node.program(m_record.linkType);
    return program && program->matches(m_bytes, m_record.shownLength());
}

bool Candidate::hasOption(std::uint8_t kind) const
{
    const Packet packet = decode(m_bytes, m_record.linkType);
    const auto* const tcp = packet.find<TcpHeader>();
    return tcp && std::ranges::any_of(tcp->options.list, [kind](const Option& option) {
        return option.kind == kind;
    });
}

bool Candidate::hasProblem(const Node& node)
{
    if (m_tracked.isTcp() && (m_tracked.names.bits & node.problems.bits) != 0)
        return true;
    return node.wrongChecksum && checksum() == ChecksumState::bad;
}

bool Candidate::hasNumber(FilterNumber which, std::uint32_t value)
{
    switch (which) {
    case FilterNumber::connection:
        return m_tracked.isTcp() && m_tracked.connection == value;
    case FilterNumber::device:
        return m_record.device == value;
    case FilterNumber::sequence:
        return segment() && segment()->sequenceNumber == value;
    case FilterNumber::acknowledgment:
        return segment() && segment()->has(ControlBits::ack)
            && segment()->acknowledgmentNumber == value;
    case FilterNumber::window:
        return segment() && segment()->window == value;
    case FilterNumber::payload:
        return segment() && segment()->isWhole && segment()->dataLength == value;
    }
    return false;
}

bool asksTracker(const Node& node)
{
    return (node.kind == Node::Kind::problem && !node.problems.empty())
        || (node.kind == Node::Kind::number && node.whichNumber == FilterNumber::connection)
        || (node.left && asksTracker(*node.left)) || (node.right && asksTracker(*node.right));
}

} // namespace

DisplayFilter::DisplayFilter() = default;
DisplayFilter::~DisplayFilter() = default;
DisplayFilter::DisplayFilter(const DisplayFilter&) = default;
DisplayFilter& DisplayFilter::operator=(const DisplayFilter&) = default;

Result<DisplayFilter> DisplayFilter::parse(const std::string& text, LinkType linkType)
{
    DisplayFilter filter;
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        return filter;
    if (text.size() > 4096)
        return failure("The filter is longer than 4096 characters.");
    auto root = parseFilterExpression(text, linkType);
    if (!root)
        return tl::unexpected<Error>(root.error());
    filter.m_root = *root;
    return filter;
}

bool DisplayFilter::matches(
    const PacketRecord& record, ByteView bytes, const TrackedPacket& tracked) const
{
    return !m_root || Candidate(record, bytes, tracked).meets(*m_root);
}

bool DisplayFilter::needsTracking() const
{
    return m_root && asksTracker(*m_root);
}

} // namespace tcpw
