// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/columnmenu.h"

#include "ui/fields/plaintext.h"
#include "ui/packetlist/packetlistmodel.h"
#include "ui/packetlist/packetlistview.h"

#include <QAction>
#include <QActionGroup>
#include <QHeaderView>

#include <algorithm>

namespace tcpw {

namespace {

constexpr QLatin1String timeWord("time=");
constexpr QLatin1String absoluteWord("absolute");

} // namespace

ColumnMenu::ColumnMenu(PacketListView& view, PacketListModel& model)
    : QObject(&view)
    , m_view(view)
    , m_model(model)
    , m_columns(tr("&Columns"))
    , m_time(tr("T&ime as"))
    , m_absolute(new QAction(tr("&Absolute sequence numbers"), this))
{
    makeColumns();
    makeTime();
    m_absolute->setCheckable(true);
    m_absolute->setToolTip(plainToolTip(
        tr("Shows sequence and acknowledgment numbers as they stand in the header, not counted "
           "from the beginning of the connection.")));
    connect(m_absolute, &QAction::toggled, this, &ColumnMenu::setStyle);
    connect(&view, &PacketListView::columnsChanged, this, &ColumnMenu::showChosen);
    QHeaderView* header = view.horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this,
        [this, header](const QPoint& place) { m_columns.popup(header->mapToGlobal(place)); });
    showChosen();
}

void ColumnMenu::makeColumns()
{
    m_columns.setToolTipsVisible(true);
    for (int i = 0; i < packetListColumnCount; ++i) {
        const auto column = PacketListColumn(i);
        QAction* action = m_columns.addAction(columnTitle(column, {}));
        action->setCheckable(true);
        action->setToolTip(plainToolTip(columnHelp(column, {})));
        action->setEnabled(column != PacketListColumn::info);
        connect(action, &QAction::triggered, this,
            [this, column](bool wanted) { m_view.setColumnWanted(column, wanted); });
        m_columnActions << action;
    }
    m_columns.addSeparator();
    m_columns.addMenu(&m_time);
    m_columns.addAction(m_absolute);
    m_columns.addSeparator();
    QAction* reset = m_columns.addAction(tr("&Usual columns"));
    reset->setToolTip(plainToolTip(tr("The columns, their order and their widths as they were.")));
    connect(reset, &QAction::triggered, &m_view, &PacketListView::resetColumns);
}

void ColumnMenu::makeTime()
{
    auto* group = new QActionGroup(this);
    for (int i = 0; i < timeFormCount; ++i) {
        QAction* action = m_time.addAction(timeFormName(TimeForm(i)));
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::toggled, this, &ColumnMenu::setStyle);
        m_timeActions << action;
    }
    m_timeActions.first()->setChecked(true);
}

void ColumnMenu::showChosen()
{
    for (int i = 0; i < packetListColumnCount; ++i)
        m_columnActions[i]->setChecked(m_view.isColumnWanted(PacketListColumn(i)));
}

void ColumnMenu::setStyle()
{
    ListStyle style;
    for (int i = 0; i < timeFormCount && i < m_timeActions.size(); ++i)
        if (m_timeActions[i]->isChecked())
            style.time = TimeForm(i);
    style.absoluteNumbers = m_absolute->isChecked();
    m_model.setStyle(style);
}

QStringList ColumnMenu::state() const
{
    QStringList state = m_view.columns();
    state << timeWord % QString::number(int(m_model.style().time));
    if (m_model.style().absoluteNumbers)
        state << absoluteWord;
    return state;
}

void ColumnMenu::restore(const QStringList& state)
{
    for (int i = 0; i < timeFormCount; ++i)
        if (state.contains(timeWord % QString::number(i)))
            m_timeActions[i]->setChecked(true);
    m_absolute->setChecked(state.contains(absoluteWord));
    m_view.setColumns(state);
}

} // namespace tcpw
