// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/bytes.h"

#include <cstdint>

namespace tcpw::test {

/// The file with something in it changed: bytes exchanged, a number overwritten with one that a
/// length must not be, a stretch filled, bytes put in or taken out, or its end cut off. Which, and
/// where, the seed says; the same each time. Half of the places are in the first 256 bytes, where
/// the file says what it is.
Bytes mutated(Bytes file, std::uint32_t seed);

} // namespace tcpw::test
