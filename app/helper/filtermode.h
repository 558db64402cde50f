// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <string>

namespace tcpw {

/// Compiles the filter that comes on standard input, for packets of the link type with that number.
/// Gives the exit code: 0 it compiles; 1 it does not, and standard output says why; 2 wrong usage.
/// The kernel ends the process when it takes too long. It has no network.
int runFilterCheck(const std::string& linkType);

} // namespace tcpw
