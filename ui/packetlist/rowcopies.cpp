// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/rowcopies.h"

#include "ui/fields/plaintext.h"

#include <QAction>
#include <QCoreApplication>

namespace tcpw {

namespace {

QString rowCopiesText(const char* text)
{
    return QCoreApplication::translate("RowCopies", text);
}

} // namespace

RowCopies::RowCopies(const PacketListView& view)
    : m_view(view)
    , m_menu(rowCopiesText("Copy &rows as"))
{
    m_menu.setToolTipsVisible(true);
    add(rowCopiesText("&Text"), rowCopiesText("A table for people."), RowNotation::aligned);
    add(rowCopiesText("Tab-&separated values"),
        rowCopiesText("For spreadsheets; the columns' names first."), RowNotation::tsv);
    add(rowCopiesText("&JSON"), rowCopiesText("For programs: an object a row."), RowNotation::json);
}

void RowCopies::add(const QString& text, const QString& help, RowNotation notation)
{
    QAction* action = m_menu.addAction(text);
    action->setToolTip(plainToolTip(help));
    QObject::connect(
        action, &QAction::triggered, &m_menu, [this, notation] { copyRows(m_view, notation); });
}

} // namespace tcpw
