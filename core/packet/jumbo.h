// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <optional>

namespace tcpw {

/// The payload length that a jumbo payload option states (RFC 2675, section 2), when `nextHeader`
/// says that the bytes begin with hop-by-hop options and there is one among them.
std::optional<std::size_t> jumboLength(std::uint8_t nextHeader, ByteView bytes);

} // namespace tcpw
