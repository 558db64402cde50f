// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/linktype.h"
#include "base/result.h"
#include "link/socketfilter.h"

#include <string>

struct bpf_program;
struct pcap;

namespace tcpw {

/// Compiles a filter for the kernel, as the device of a live handle needs it. Empty when the kernel
/// cannot run it: it is too long, or the handle's packets have a header that libpcap makes up.
Result<FilterProgram> compileForKernel(pcap* handle, const std::string& filter);

/// Compiles a filter for pcap_offline_filter(), to be freed by pcap_freecode().
Result<void> compileForBytes(const std::string& filter, LinkType linkType, bpf_program& program);

} // namespace tcpw
