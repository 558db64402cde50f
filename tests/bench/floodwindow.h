// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "flood.h"

namespace tcpw::bench {

/// Captures floods in the program's window, and prints how it answers meanwhile, how fast it stops
/// and whether its numbers are exact.
void floodWindow(
    int& argc, char** argv, FloodNetwork& network, std::size_t frames, const std::string& folder);

} // namespace tcpw::bench
