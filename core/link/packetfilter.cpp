// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/packetfilter.h"

#include "link/filterprogram.h"

#include <pcap/pcap.h>

namespace tcpw {

struct PacketFilter::Program
{
    Program() = default;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() { pcap_freecode(&code); }

    bpf_program code{};
};

Result<PacketFilter> PacketFilter::compile(const std::string& text, LinkType linkType)
{
    auto program = std::make_shared<Program>();
    if (const auto compiled = compileForBytes(text, linkType, program->code); !compiled)
        return failure(compiled.error().message);
    PacketFilter filter;
    filter.m_program = std::move(program);
    return filter;
}

bool PacketFilter::matches(ByteView bytes, std::uint32_t originalLength) const
{
    pcap_pkthdr header{};
    header.caplen = static_cast<bpf_u_int32>(bytes.size());
    header.len = originalLength;
    return pcap_offline_filter(&m_program->code, &header, bytes.data()) != 0;
}

} // namespace tcpw
