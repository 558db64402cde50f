// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/linktype.h"
#include "base/result.h"

#include <string>

namespace tcpw {

/// Compiles a filter without a device and without asking the DNS; names are refused with a
/// sentence. May take seconds for monstrous text and cannot be cancelled: call it in a child
/// process that can be killed (helper's FilterCheck).
Result<void> compileFilter(const std::string& filter, LinkType linkType);

/// The most bytes of filter text that are looked at.
inline constexpr std::size_t maximumFilterLength = 4096;

} // namespace tcpw
