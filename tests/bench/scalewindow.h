// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "traffic.h"

namespace tcpw::bench {

/// Opens a capture in the program's window, filters and sorts it, and prints what that took, a line
/// "name value" each: what a process of its own does for bench_scale. 0 when all came to its end.
int openInWindow(int argc, char** argv, const char* file, const TrafficFacts& facts);

} // namespace tcpw::bench
