// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/filterprogram.h"

#include "link/filtertext.h"
#include "link/pcaphandle.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <iterator>

namespace tcpw {

namespace {

constexpr std::size_t spareInstructions = 16; // for what onlyPart() puts before
constexpr int snapshotLength = 262144;

int dataLinkType(LinkType type)
{
    // LINKTYPE_RAW is 101 in files; libpcap's own number for it differs by system.
    return type == LinkType::raw ? DLT_RAW : static_cast<int>(type);
}

bool hasMadeUpHeader(pcap_t* handle)
{
    const int type = pcap_datalink(handle);
    return type == DLT_LINUX_SLL || type == DLT_LINUX_SLL2;
}

Result<void> compile(pcap_t* handle, const std::string& filter, bpf_program& program)
{
    const auto text = withoutNames(filter);
    if (!text)
        return failure(text.error().message);
    if (pcap_compile(handle, &program, text->c_str(), 1, PCAP_NETMASK_UNKNOWN) == 0)
        return {};
    return failure("The filter does not compile: " + std::string(pcap_geterr(handle)) + ".");
}

} // namespace

Result<FilterProgram> compileForKernel(pcap* handle, const std::string& filter)
{
    bpf_program compiled{};
    if (const auto done = compile(handle, filter, compiled); !done)
        return failure(done.error().message);
    FilterProgram program;
    if (!hasMadeUpHeader(handle) && compiled.bf_len + spareInstructions < maximumFilterInstructions)
        std::transform(compiled.bf_insns, compiled.bf_insns + compiled.bf_len,
            std::back_inserter(program), [](const bpf_insn& each) {
                return FilterInstruction{each.code, each.jt, each.jf, each.k};
            });
    pcap_freecode(&compiled);
    return program;
}

Result<void> compileForBytes(const std::string& filter, LinkType linkType, bpf_program& program)
{
    const PcapPointer dead(pcap_open_dead(dataLinkType(linkType), snapshotLength));
    if (!dead)
        return failure("There is no memory to compile the filter.");
    return compile(dead.get(), filter, program);
}

} // namespace tcpw
