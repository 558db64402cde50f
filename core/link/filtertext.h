// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"

#include <string>

namespace tcpw {

/// Checks the words of a filter and writes the names of ports and protocols as numbers, so that
/// pcap_compile() finds nothing left to ask a name service for. Fails with a sentence at any other
/// name, and when the text is too long.
Result<std::string> withoutNames(const std::string& filter);

} // namespace tcpw
