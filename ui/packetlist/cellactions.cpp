// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/cellactions.h"

#include "ui/fields/plaintext.h"
#include "ui/packetlist/cellfilter.h"

#include <QAction>

namespace tcpw {

namespace {

constexpr qsizetype longestShown = 60; ///< characters of a filter in a menu

/// A filter as a menu may show it: '&' would mark a letter.
QString shown(const QString& filter)
{
    QString text
        = filter.size() > longestShown ? filter.left(longestShown) % QStringLiteral("…") : filter;
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

CellActions::CellActions(QObject* parent)
    : QObject(parent)
    , m_showOnly(make(tr("Shows the packets that have the same in this column, and no others.")))
    , m_hide(make(tr("Hides the packets that have the same in this column; what was hidden stays "
                     "hidden.")))
    , m_filterFor(
          make(tr("Shows, of what is shown now, only the packets that have the same in this "
                  "column.")))
{
    connect(m_showOnly, &QAction::triggered, this, [this] { emit filterWanted(m_cell); });
    connect(m_hide, &QAction::triggered, this,
        [this] { emit filterWanted(filterWithout(m_inUse, m_cell)); });
    connect(m_filterFor, &QAction::triggered, this,
        [this] { emit filterWanted(filterAnd(m_inUse, m_cell)); });
    setFilters({}, {});
}

QAction* CellActions::make(const QString& help)
{
    auto* action = new QAction(this);
    action->setToolTip(plainToolTip(help));
    return action;
}

void CellActions::setFilters(const QString& cell, const QString& inUse)
{
    m_cell = cell;
    m_inUse = inUse;
    const bool any = !cell.isEmpty();
    m_showOnly->setText(any ? tr("Show onl&y %1").arg(shown(cell)) : tr("Show onl&y this"));
    m_hide->setText(any ? tr("&Hide %1").arg(shown(cell)) : tr("&Hide this"));
    m_filterFor->setText(any ? tr("Filter &for %1, too").arg(shown(cell)) : tr("Filter &for this"));
    for (QAction* action : {m_showOnly, m_hide})
        action->setEnabled(any);
    m_filterFor->setEnabled(any && !inUse.isEmpty());
}

} // namespace tcpw
