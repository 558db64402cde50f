// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/inspector/diagramlayout.h"

#include <QCoreApplication>

#include <algorithm>

namespace tcpw {

namespace {

/// What RFCs write where a label has no room.
QString shortLabel(const DetailsRow& row)
{
    const std::string_view name = row.path.field ? row.path.field->name : "";
    if (name == "reservedFlag")
        return QStringLiteral("R");
    if (name == "dontFragment")
        return QStringLiteral("DF");
    if (name == "moreFragments")
        return QStringLiteral("MF");
    if (name == "dropEligible")
        return QStringLiteral("DEI");
    if (name == "priority")
        return QStringLiteral("PCP");
    return row.label;
}

bool hasChildren(const PacketDetails& details, int row)
{
    const auto next = std::size_t(row) + 1;
    return next < details.rows.size() && details.rows[next].parent == row;
}

} // namespace

DiagramLayout::DiagramLayout(const PacketDetails& details, std::size_t layer)
    : m_layer(layer)
{
    if (layer >= details.layers.size())
        return;
    m_begin = details.layers[layer].offset * 8;
    for (int at = 0; at < int(details.rows.size()); ++at) {
        const DetailsRow& row = details.rows[std::size_t(at)];
        if (row.path.layer != layer || row.parent < 0 || row.bits.length == 0)
            continue;
        if (!hasChildren(details, at)) {
            add(row, at, -1);
            continue;
        }
        // Its options are drawn each, and what pads them.
        std::size_t end = row.bits.offset;
        const int field = at;
        while (at + 1 < int(details.rows.size())
            && details.rows[std::size_t(at) + 1].parent == field) {
            ++at;
            const DetailsRow& option = details.rows[std::size_t(at)];
            add(option, at, field);
            end = option.bits.offset + option.bits.length;
        }
        addPadding(end, row.bits.offset + row.bits.length);
    }
}

void DiagramLayout::add(const DetailsRow& row, int number, int field)
{
    DiagramCell cell;
    cell.row = number;
    cell.label = shortLabel(row);
    cell.value = row.value;
    cell.isWrong = !row.problem.isEmpty();
    std::size_t end = row.bits.offset + row.bits.length;
    if (row.path.field && row.path.field->bitWidth == 0)
        end = std::min(end, row.bits.offset + std::size_t{mostWords} * wordBits);
    place(cell, row.bits.offset - m_begin, end - m_begin);
    m_fields.push_back(field);
    m_cells.push_back(std::move(cell));
}

void DiagramLayout::addPadding(std::size_t from, std::size_t end)
{
    if (from >= end)
        return;
    DiagramCell cell;
    cell.label = QCoreApplication::translate("DiagramLayout", "Padding");
    cell.value = byteCount((end - from) / 8);
    place(cell, from - m_begin, end - m_begin);
    m_fields.push_back(-1);
    m_cells.push_back(std::move(cell));
}

/// Whole words become one piece; what is before and behind them a piece each.
void DiagramLayout::place(DiagramCell& cell, std::size_t from, std::size_t end)
{
    const auto piece = [&](std::size_t begin, std::size_t length, std::size_t words) {
        cell.pieces.emplace_back(
            int(begin % wordBits), int(begin / wordBits), int(length), int(words));
        const QRect& now = cell.pieces.back();
        if (now.width() * now.height() > cell.main.width() * cell.main.height())
            cell.main = now;
        m_words = std::max(m_words, now.y() + now.height());
    };
    while (from < end) {
        const std::size_t room = wordBits - from % wordBits;
        if (room == wordBits && end - from >= wordBits) {
            const std::size_t words = (end - from) / wordBits;
            piece(from, wordBits, words);
            from += words * wordBits;
        } else {
            const std::size_t length = std::min(room, end - from);
            piece(from, length, 1);
            from += length;
        }
    }
}

int DiagramLayout::cellOf(int detailsRow) const
{
    if (detailsRow < 0)
        return -1;
    for (std::size_t at = 0; at < m_cells.size(); ++at)
        if (m_cells[at].row == detailsRow || m_fields[at] == detailsRow)
            return int(at);
    return -1;
}

int DiagramLayout::cellAt(QPoint place) const
{
    for (std::size_t at = 0; at < m_cells.size(); ++at)
        for (const QRect& piece : m_cells[at].pieces)
            if (piece.contains(place))
                return int(at);
    return -1;
}

int DiagramLayout::next(int cell) const
{
    return std::min(cell + 1, int(m_cells.size()) - 1);
}

int DiagramLayout::previous(int cell) const
{
    return std::max(cell - 1, 0);
}

int DiagramLayout::vertically(int cell, int step) const
{
    if (cell < 0 || cell >= int(m_cells.size()))
        return m_cells.empty() ? -1 : 0;
    QPoint place = m_cells[std::size_t(cell)].main.center();
    while (place.y() >= 0 && place.y() < m_words) {
        place.ry() += step;
        if (const int found = cellAt(place); found >= 0 && found != cell)
            return found;
    }
    return cell;
}

int DiagramLayout::above(int cell) const
{
    return vertically(cell, -1);
}

int DiagramLayout::below(int cell) const
{
    return vertically(cell, 1);
}

} // namespace tcpw
