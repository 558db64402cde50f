// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QString>

namespace tcpw {

class PacketListView;

/// How rows are written for others.
enum class RowNotation
{
    lines, ///< cells joined by tabs, without headings
    aligned, ///< a table for people, with headings
    tsv, ///< tab-separated values, the columns' keys first
    json, ///< an array with an object a row; empty cells are left out
};

/// The selected rows' visible cells, from left to right.
QString rowsText(const PacketListView& view, RowNotation notation);

/// Puts them on the clipboard; does nothing when no row is selected.
void copyRows(const PacketListView& view, RowNotation notation);

/// More rows are not copied.
inline constexpr int mostCopiedRows = 100'000;

} // namespace tcpw
