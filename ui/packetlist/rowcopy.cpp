// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/rowcopy.h"

#include "ui/packetlist/packetlistview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace tcpw {

namespace {

QList<int> visibleColumns(const PacketListView& view)
{
    QList<int> columns;
    for (int place = 0; place < packetListColumnCount; ++place)
        if (const int column = view.horizontalHeader()->logicalIndex(place);
            !view.isColumnHidden(column))
            columns << column;
    return columns;
}

QList<QStringList> selectedCells(const PacketListView& view, const QList<int>& columns)
{
    QModelIndexList rows = view.selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, [](const QModelIndex& row) { return row.row(); });
    QList<QStringList> cells;
    for (const QModelIndex& row : rows.first(std::min<qsizetype>(rows.size(), mostCopiedRows))) {
        QStringList line;
        for (const int column : columns)
            line << row.siblingAtColumn(column).data().toString();
        cells << line;
    }
    return cells;
}

QStringList headings(const PacketListView& view, const QList<int>& columns, bool keys)
{
    QStringList words;
    for (const int column : columns)
        words << (keys ? columnKey(PacketListColumn(column))
                       : view.model()->headerData(column, Qt::Horizontal).toString());
    return words;
}

/// Cells are one line each, as harmless() made them; a tab would still end one.
QString joined(const QList<QStringList>& lines)
{
    QString text;
    for (const QStringList& line : lines) {
        QStringList cells = line;
        cells.replaceInStrings(QStringLiteral("\t"), QStringLiteral(" "));
        text += cells.join(QLatin1Char('\t')) % QLatin1Char('\n');
    }
    return text;
}

QString aligned(const QList<QStringList>& lines)
{
    QList<qsizetype> widths(lines.first().size(), 0);
    for (const QStringList& line : lines)
        for (qsizetype i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    QString text;
    for (const QStringList& line : lines) {
        QString row;
        for (qsizetype i = 0; i < line.size(); ++i)
            row += line[i].leftJustified(widths[i] + 2);
        while (row.endsWith(QLatin1Char(' ')))
            row.chop(1);
        text += row % QLatin1Char('\n');
    }
    return text;
}

QString asJson(const QStringList& keys, const QList<QStringList>& lines)
{
    QJsonArray rows;
    for (const QStringList& line : lines) {
        QJsonObject row;
        for (qsizetype i = 0; i < line.size(); ++i)
            if (!line[i].isEmpty())
                row[keys[i]] = line[i];
        rows << row;
    }
    return QString::fromUtf8(QJsonDocument(rows).toJson());
}

} // namespace

QString rowsText(const PacketListView& view, RowNotation notation)
{
    const QList<int> columns = visibleColumns(view);
    QList<QStringList> lines = selectedCells(view, columns);
    if (lines.isEmpty())
        return {};
    switch (notation) {
    case RowNotation::lines:
        return joined(lines);
    case RowNotation::aligned:
        return aligned(QList<QStringList>{headings(view, columns, false)} + lines);
    case RowNotation::tsv:
        return joined(QList<QStringList>{headings(view, columns, true)} + lines);
    case RowNotation::json:
        return asJson(headings(view, columns, true), lines);
    }
    return {};
}

void copyRows(const PacketListView& view, RowNotation notation)
{
    if (const QString text = rowsText(view, notation); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

} // namespace tcpw
