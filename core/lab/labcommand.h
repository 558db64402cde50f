// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"
#include "lab/ownedfd.h"

#include <string>
#include <vector>

namespace tcpw {

/// Runs a command in a network namespace, with ambient capabilities and this terminal. Signals to
/// end are passed on to it. Gives its exit status, 128 and the signal's number when one ended it,
/// 127 when there is no such command, 126 when it cannot be run.
Result<int> runInNamespace(
    const OwnedFd& networkNamespace, const std::vector<std::string>& command);

} // namespace tcpw
