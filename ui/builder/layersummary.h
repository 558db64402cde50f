// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/fieldstate.h"

#include <QString>

namespace tcpw {

/// One line for the header of a layer's card: "0a:00:... → 0a:00:...", "SYN, 40002 → 8081", "5
/// bytes"; what is only found at Send reads as its placeholder's words.
QString layerSummary(const DraftView& view, std::size_t layer);

} // namespace tcpw
