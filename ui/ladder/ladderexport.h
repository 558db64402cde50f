// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/result.h"
#include "ui/ladder/ladderpainter.h"

namespace tcpw {

/// Writes the whole ladder diagram, as wide as `width` pixels, to a file, which is there whole or
/// not at all. Light colours, for paper. A PNG has two pixels for one.
Result<void> saveLadderSvg(const QString& path, const FollowedConnection& story,
    const LadderLayout& layout, const QFont& font, int width);
Result<void> saveLadderPng(const QString& path, const FollowedConnection& story,
    const LadderLayout& layout, const QFont& font, int width);

} // namespace tcpw
