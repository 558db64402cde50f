// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/backend.h"
#include "lab/lab.h"

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
/// --host. Fails with the cause and the one command that helps, which `obstacle` gets apart from
/// each other. Takes at most three seconds (twice that when there are two helpers to try).
Result<std::unique_ptr<Backend>> openBackend(
    BackendKind kind, BackendEvents events, LabObstacle* obstacle = nullptr);

/// Starts a program as a helper and greets it: fails when it is missing, silent, or of another
/// version. The backend's calls fail when the helper says nothing for three seconds; they may take
/// up to ten while it still hands over packets. Its events come from one thread, which must
/// neither call nor destroy the backend.
Result<std::unique_ptr<Backend>> startHelper(
    const std::vector<std::string>& command, BackendEvents events, LabObstacle* obstacle = nullptr);

/// The helper that was built or installed beside this program.
std::string helperPath();
/// The copy with rights for real devices, installed or not.
std::string grantedHelperPath();
/// The copy that may make a lab where the system restricts user namespaces, installed or not.
std::string labHelperPath();

/// For tests: another program as helperPath(); "" for the usual one.
void setHelperPath(const std::string& path);
/// For tests: another folder with the granted copies; "" for the usual one.
void setGrantedFolder(const std::string& path);

/// Compiles a filter in a child process that is killed after `milliseconds`; says what is wrong
/// with it. Text of more than maximumFilterLength bytes is refused.
Result<void> checkFilter(const std::string& filter, LinkType linkType, int milliseconds = 2500);

} // namespace tcpw
