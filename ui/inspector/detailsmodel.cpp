// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/inspector/detailsmodel.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"

#include <QFont>
#include <QGuiApplication>

namespace tcpw {

DetailsModel::DetailsModel(QObject* parent)
    : QAbstractItemModel(parent)
{
    indexRows();
}

void DetailsModel::indexRows()
{
    m_children.assign(m_details.rows.size() + 1, {});
    m_place.assign(m_details.rows.size(), 0);
    for (std::size_t at = 0; at < m_details.rows.size(); ++at) {
        std::vector<int>& siblings = m_children[std::size_t(m_details.rows[at].parent + 1)];
        m_place[at] = int(siblings.size());
        siblings.push_back(int(at));
    }
}

bool DetailsModel::sameRows(const PacketDetails& other) const
{
    if (other.rows.size() != m_details.rows.size())
        return false;
    for (std::size_t at = 0; at < other.rows.size(); ++at) {
        const DetailsRow& mine = m_details.rows[at];
        const DetailsRow& others = other.rows[at];
        if (mine.parent != others.parent || mine.label != others.label)
            return false;
    }
    return true;
}

void DetailsModel::setDetails(PacketDetails details)
{
    if (!sameRows(details)) {
        beginResetModel();
        m_details = std::move(details);
        indexRows();
        endResetModel();
        return;
    }
    m_details = std::move(details);
    for (std::size_t parent = 0; parent < m_children.size(); ++parent) {
        if (m_children[parent].empty())
            continue;
        emit dataChanged(indexOf(m_children[parent].front()),
            indexOf(m_children[parent].back(), DetailsColumn::meaning));
    }
}

QModelIndex DetailsModel::indexOf(int detailsRow, DetailsColumn column) const
{
    if (detailsRow < 0 || detailsRow >= int(m_details.rows.size()))
        return {};
    return createIndex(m_place[std::size_t(detailsRow)], int(column), quintptr(detailsRow));
}

int DetailsModel::detailsRow(const QModelIndex& index)
{
    return index.isValid() ? int(index.internalId()) : -1;
}

QModelIndex DetailsModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const std::vector<int>& siblings = m_children[std::size_t(detailsRow(parent) + 1)];
    return createIndex(row, column, quintptr(siblings[std::size_t(row)]));
}

QModelIndex DetailsModel::parent(const QModelIndex& child) const
{
    const int row = detailsRow(child);
    return row < 0 ? QModelIndex() : indexOf(m_details.rows[std::size_t(row)].parent);
}

int DetailsModel::rowCount(const QModelIndex& parent) const
{
    if (parent.column() > 0)
        return 0;
    return int(m_children[std::size_t(detailsRow(parent) + 1)].size());
}

int DetailsModel::columnCount(const QModelIndex&) const
{
    return detailsColumnCount;
}

QString DetailsModel::text(const DetailsRow& row, DetailsColumn column) const
{
    switch (column) {
    case DetailsColumn::field:
        return row.label;
    case DetailsColumn::value:
        return row.value;
    case DetailsColumn::meaning:
        if (row.problem.isEmpty())
            return row.meaning;
        return QStringLiteral("⚠ ") % row.problem
            % (row.meaning.isEmpty() ? QString() : QStringLiteral("; ") % row.meaning);
    }
    return {};
}

QString DetailsModel::toolTip(const DetailsRow& row) const
{
    QString tip = row.problem;
    if (row.path.field) {
        if (!tip.isEmpty())
            tip += QLatin1Char('\n');
        tip += fromUtf8(row.path.field->help) % QLatin1Char('\n')
            % fromUtf8(row.path.field->reference);
    }
    return tip.isEmpty() ? QString() : plainToolTip(tip);
}

QVariant DetailsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DetailsRow& row = m_details.rows[std::size_t(detailsRow(index))];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, DetailsColumn(index.column()));
    case Qt::ToolTipRole:
        return toolTip(row);
    case Qt::FontRole:
        if (row.parent < 0 && index.column() == int(DetailsColumn::field)) {
            QFont bold = QGuiApplication::font();
            bold.setBold(true);
            return bold;
        }
        break;
    case Qt::ForegroundRole:
        if (!row.problem.isEmpty())
            return Theme::of(QGuiApplication::palette()).warning;
        break;
    }
    return {};
}

QVariant DetailsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (DetailsColumn(section)) {
    case DetailsColumn::field:
        return tr("Field");
    case DetailsColumn::value:
        return tr("Value");
    case DetailsColumn::meaning:
        return tr("Meaning");
    }
    return {};
}

} // namespace tcpw
