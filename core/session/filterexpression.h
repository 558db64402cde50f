// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/analysisnames.h"
#include "link/packetfilter.h"
#include "packet/checksum.h"
#include "packet/controlbits.h"
#include "session/displayfilter.h"

#include <map>
#include <mutex>

namespace tcpw {

/// What a word of ours compares with a number.
enum class FilterNumber
{
    connection,
    sequence,
    acknowledgment,
    window,
    payload,
    device
};

/// One node of the expression; immutable but for the programs of further link types.
struct DisplayFilter::Node
{
    enum class Kind
    {
        both,
        either,
        negation,
        tcpdump,
        from,
        flags,
        option,
        problem,
        checksum,
        number
    };
    Kind kind = Kind::tcpdump;
    std::shared_ptr<const Node> left, right;
    std::size_t begin = 0, end = 0; ///< in the text
    std::string text; ///< of tcpdump's words
    Origin origin = Origin::unknown;
    ControlBits flags;
    std::uint8_t optionKind = 0;
    AnalysisNames problems; ///< any of these
    bool wrongChecksum = false; ///< a problem too
    ChecksumState checksum = ChecksumState::none;
    FilterNumber whichNumber = FilterNumber::connection;
    std::uint32_t number = 0;
    mutable std::mutex mutex; // guards programs
    mutable std::map<LinkType, Result<PacketFilter>> programs;

    bool pure() const ///< tcpdump's words alone
    {
        if (kind == Kind::both || kind == Kind::either)
            return left->pure() && right->pure();
        return kind == Kind::negation ? left->pure() : kind == Kind::tcpdump;
    }

    const Result<PacketFilter>& compiled(LinkType linkType) const
    {
        const std::lock_guard lock(mutex);
        const auto found = programs.find(linkType);
        if (found != programs.end())
            return found->second;
        return programs.emplace(linkType, PacketFilter::compile(text, linkType)).first->second;
    }
    /// Null where tcpdump's words mean nothing for this link type.
    const PacketFilter* program(LinkType linkType) const
    {
        const Result<PacketFilter>& filter = compiled(linkType);
        return filter ? &*filter : nullptr;
    }
};

/// Reads the text of a display filter; tcpdump's part is compiled for `linkType`.
Result<std::shared_ptr<const DisplayFilter::Node>> parseFilterExpression(
    const std::string& text, LinkType linkType);

} // namespace tcpw
