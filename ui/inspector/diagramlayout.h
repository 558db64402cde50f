// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/inspector/packetdetails.h"

#include <QPoint>
#include <QRect>

#include <vector>

namespace tcpw {

/// A field of a header as RFCs draw it: rectangles in a grid of 32 bits a word.
struct DiagramCell
{
    int row = -1; ///< of the details; -1: padding
    std::vector<QRect> pieces; ///< x in bits, y in words; more than one where it goes over words
    QRect main; ///< the piece that bears the words
    QString label;
    QString value;
    bool isWrong = false;
};

/// Where the fields of one layer are drawn. A long field is drawn up to a few words.
class DiagramLayout
{
public:
    static constexpr int wordBits = 32;
    static constexpr int mostWords = 12; ///< of a field without a fixed size

    DiagramLayout() = default;
    DiagramLayout(const PacketDetails& details, std::size_t layer);

    std::size_t layer() const { return m_layer; }
    const std::vector<DiagramCell>& cells() const { return m_cells; }
    int wordCount() const { return m_words; }
    /// The cell of a row of the details, or -1. That of a field with options is its first option's.
    int cellOf(int detailsRow) const;
    /// The cell at a bit of a word, or -1.
    int cellAt(QPoint place) const;
    /// The cell that a step from `cell` leads to: -1 and 1 by the order of the wire, others by
    /// words; stays at the ends.
    int next(int cell) const;
    int previous(int cell) const;
    int above(int cell) const;
    int below(int cell) const;

private:
    void add(const DetailsRow& row, int number, int field);
    void addPadding(std::size_t from, std::size_t end);
    void place(DiagramCell& cell, std::size_t from, std::size_t end);
    int vertically(int cell, int step) const;

    std::size_t m_layer = 0;
    std::size_t m_begin = 0; ///< of the layer, in bits
    std::vector<DiagramCell> m_cells;
    std::vector<int> m_fields; ///< the row that each cell's option belongs to, or -1
    int m_words = 0;
};

} // namespace tcpw
