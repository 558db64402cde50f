// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

namespace tcpw {

/// True when this thread may make and configure network namespaces as it is (CAP_SYS_ADMIN,
/// CAP_NET_ADMIN and CAP_NET_RAW are effective).
bool mayMakeNetworkNamespaces();

/// Makes the capabilities for sniffing, sending and low ports, as far as there are, survive
/// execve(); gives errno on failure. Safe between fork() and execve().
int raiseAmbientCapabilities();

} // namespace tcpw
