// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/rowcopy.h"

#include <QMenu>

namespace tcpw {

/// "Copy rows as": the selected rows go to the clipboard in a notation.
class RowCopies
{
public:
    explicit RowCopies(const PacketListView& view);

    QAction* menuAction() const { return m_menu.menuAction(); }
    const QMenu& menu() const { return m_menu; }

private:
    void add(const QString& text, const QString& help, RowNotation notation);

    const PacketListView& m_view;
    QMenu m_menu;
};

} // namespace tcpw
