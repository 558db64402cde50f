// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tcpw {

/// True for a kind that the notation calls by a name of its own.
bool hasTcpOptionName(std::uint8_t kind);

/// The kind of a name such as "mss"; without `tcpNames` only "end" and "nop" have one.
std::optional<std::uint8_t> findOptionKind(std::string_view name, bool tcpNames);

/// All names, for a sentence that lists what there is.
std::string optionNames(bool tcpNames);

} // namespace tcpw
