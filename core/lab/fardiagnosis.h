// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/far.h"
#include "lab/labnetlink.h"

#include <cstddef>

namespace tcpw {

/// A TCP socket as sock_diag shows it, and the inode by which its owner knows it (0: the kernel's).
struct DiagnosedSocket
{
    FarSocket socket;
    std::uint32_t inode = 0;
};

/// Reads the TCP sockets of the network namespace that it was opened in, IPv4 and IPv6.
class FarDiagnosis
{
public:
    Result<void> open();

    /// At most `limit` of them, in the kernel's order.
    Result<std::vector<DiagnosedSocket>> read(std::size_t limit);

private:
    int readFamily(int family, std::size_t limit, std::vector<DiagnosedSocket>& found);

    LabNetlink m_socket;
};

} // namespace tcpw
