// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "link/capture.h"

#include <memory>
#include <string>

struct pcap;

namespace tcpw {

/// Closes a libpcap handle.
struct PcapCloser
{
    void operator()(pcap* handle) const;
};
using PcapPointer = std::unique_ptr<pcap, PcapCloser>;

/// How a handle is to be opened.
struct PcapOptions
{
    DeviceId device;
    std::uint32_t snapshotLength = 262144; ///< in bytes
    std::uint32_t bufferSize = 64u << 20; ///< in bytes
    bool promiscuous = false;
};

/// An open, non-blocking handle whose ring gets nothing until a filter is attached.
struct OpenedPcap
{
    PcapPointer handle;
    std::uint64_t bufferSize = 0; ///< of the ring that the kernel really gave, in bytes
    std::string warning; ///< sentences about what is not as asked; "" when all is
};

/// Opens a device and checks that it is the one of that index. A ring that the kernel has no memory
/// for is tried again at half its size.
Result<OpenedPcap> openPcap(const PcapOptions& options);

/// What the first byte of a packet of this handle begins.
LinkType linkTypeOf(pcap* handle);

} // namespace tcpw
