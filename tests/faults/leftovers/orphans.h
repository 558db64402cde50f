// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <sys/types.h>
#include <vector>

/// What a killed program may leave: processes and network namespaces, counted.
namespace tcpw {

/// Moves this process, which must have one thread only, into a user namespace of its own with the
/// same ids, so that the network namespaces made from now on can be counted by limiting them.
bool enterOwnUserNamespace();

/// How many network namespaces there may be in this program's user namespace.
bool limitNamespaces(int count);

/// Makes processes whose parent ends children of this program.
void adoptOrphans();

/// Waits for the end of all children, orphans too; false when one goes on after a second.
bool everyoneEnds();

/// The processes whose parent is this one.
std::vector<pid_t> childrenOf(pid_t parent);

} // namespace tcpw
