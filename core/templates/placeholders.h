// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "templates/draft.h"

#include <array>

/// What this folder's files share about placeholders.
namespace tcpw {

inline constexpr std::array allPlaceholders{Placeholder::deviceMac, Placeholder::deviceIpv4,
    Placeholder::deviceIpv6, Placeholder::peerMac, Placeholder::peerIpv4, Placeholder::peerIpv6,
    Placeholder::newPort, Placeholder::newSequence};

/// "{device.mac}"
std::string placeholderText(Placeholder placeholder);

/// True when the placeholder's value is one for this field: addresses by kind, ports and sequence
/// numbers by name.
bool placeholderFits(Placeholder placeholder, const Field& field);

/// Reads "{device.mac}" for a field; fails with a sentence that names what would fit.
Result<Placeholder> placeholderFor(const Field& field, std::string_view text);

/// False for fields whose text may begin with a brace that means itself.
bool mayHoldPlaceholder(const Field& field);

/// Lets a field of the draft's packet be the placeholder's.
void putPlaceholder(Draft& draft, FieldPath path, Placeholder placeholder);

} // namespace tcpw
