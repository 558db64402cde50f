// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"
#include "base/linktype.h"
#include "base/result.h"

#include <memory>
#include <string>

namespace tcpw {

/// A compiled expression in tcpdump's words, held against captured packets of one link type.
class PacketFilter
{
public:
    /// Compiles as compileFilter() does, with the same refusals.
    static Result<PacketFilter> compile(const std::string& text, LinkType linkType);

    bool matches(ByteView bytes, std::uint32_t originalLength) const;

private:
    struct Program;
    std::shared_ptr<const Program> m_program;
};

} // namespace tcpw
