// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/packetfilter.h"

#include "link/filter.h"

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
    if (const auto checked = compileFilter(text, linkType); !checked)
        return tl::unexpected<Error>(checked.error());
    // LINKTYPE_RAW is 101 in files; libpcap's own number for it differs by system (DLT_RAW).
    const int dlt = linkType == LinkType::raw ? DLT_RAW : static_cast<int>(linkType);
    const std::unique_ptr<pcap_t, void (*)(pcap_t*)> handle(
        pcap_open_dead(dlt, 262144), pcap_close);
    auto program = std::make_shared<Program>();
    if (!handle
        || pcap_compile(handle.get(), &program->code, text.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0)
        return failure(std::string("The filter does not compile: ")
            + (handle ? pcap_geterr(handle.get()) : "out of memory") + ".");
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
