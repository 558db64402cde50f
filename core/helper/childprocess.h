// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace tcpw {

/// A program to be run as a child. It gets the descriptors that are listed and our standard error;
/// standard input and output are /dev/null unless listed.
struct ChildCommand
{
    std::vector<std::string> command; ///< the program's path, then its arguments
    std::vector<std::pair<int, int>> descriptors; ///< (ours, the child's number for it); 4 at most
};

/// Starts the child in a session of its own, so that a terminal's Ctrl+C reaches its parent alone.
/// It is killed when the calling thread ends. Fails with a sentence when it cannot be started.
Result<pid_t> startChild(const ChildCommand& child);

/// Waits for the child's end at most that long; its wait status, or nothing while it runs.
std::optional<int> waitForChild(pid_t child, int milliseconds);

/// How a child ended: "it was killed by signal 9 (Killed)", "it ended with exit code 3".
std::string endInWords(int status);

} // namespace tcpw
