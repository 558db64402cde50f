// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/template.h"

#include <string>
#include <vector>

namespace tcpw {

/// A built-in template and the settings ("tcp.window=1000") that make a certain packet of it.
struct PacketRecipe
{
    std::string builtin; ///< its id
    std::vector<std::string> settings;
};

/// The recipe with the fewest settings; fails with a sentence where no built-in template has these
/// layers.
Result<PacketRecipe> recipeFor(const Packet& packet);

/// "tcpw send syn --device lab0 --set tcp.window=1000": sends this packet, typed into a POSIX
/// shell. Fails as recipeFor() does.
Result<std::string> sendCommand(const Packet& packet, const std::string& device);

} // namespace tcpw
