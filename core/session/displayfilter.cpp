// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/displayfilter.h"

#include "session/filterexpression.h"

#include <algorithm>

namespace tcpw {

namespace {

using Node = DisplayFilter::Node;

bool holds(
    const Node& node, const PacketRecord& record, ByteView bytes, std::optional<Summary>& summary)
{
    const auto tcp = [&]() -> const Summary& {
        if (!summary)
            summary = summarize(decode(bytes, record.linkType), record.originalLength);
        return *summary;
    };
    switch (node.kind) {
    case Node::Kind::both:
        return holds(*node.left, record, bytes, summary)
            && holds(*node.right, record, bytes, summary);
    case Node::Kind::either:
        return holds(*node.left, record, bytes, summary)
            || holds(*node.right, record, bytes, summary);
    case Node::Kind::negation:
        return !holds(*node.left, record, bytes, summary);
    case Node::Kind::from:
        return record.origin == node.origin;
    case Node::Kind::flags:
        return tcp().isTcp && tcp().controlBits == node.flags;
    case Node::Kind::option:
        return std::any_of(tcp().options.list.begin(), tcp().options.list.end(),
            [&](const Option& option) { return option.kind == node.optionKind; });
    case Node::Kind::tcpdump:
        break;
    }
    const auto program = node.program(record.linkType);
    return program && program->matches(bytes, record.originalLength);
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

bool DisplayFilter::matches(const PacketRecord& record, ByteView bytes) const
{
    std::optional<Summary> summary;
    return !m_root || holds(*m_root, record, bytes, summary);
}

} // namespace tcpw
