// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/backend.h"

#include <memory>
#include <string>
#include <vector>

namespace tcpw {

/// Which network a backend is for.
enum class BackendKind
{
    lab, ///< the practice network
    host, ///< this machine's own devices
};

/// Opens a backend. Lab: in this process when its namespace has a lab0 and it may capture, else the
/// helper beside this program is started with --lab. Host: in this process when it may
/// capture, else the copy of the helper that `sudo app/run --grant` installed is started with
/// --host. Fails with the cause and the one command that helps. Takes at most three seconds.
Result<std::unique_ptr<Backend>> openBackend(BackendKind kind, BackendEvents events);

/// Starts a program as a helper and greets it: fails when it is missing, silent, or of another
/// version.
Result<std::unique_ptr<Backend>> startHelper(
    const std::vector<std::string>& command, BackendEvents events);

/// The helper that was built or installed beside this program.
std::string helperPath();
/// The copy with rights for real devices, installed or not.
std::string grantedHelperPath();

/// Compiles a filter in a child process that is killed after `milliseconds`; says what is wrong
/// with it.
Result<void> checkFilter(const std::string& filter, LinkType linkType, int milliseconds = 2500);

} // namespace tcpw
