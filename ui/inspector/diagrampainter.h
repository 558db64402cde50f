// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/inspector/diagramlayout.h"

#include <QFont>
#include <QPainter>
#include <QPalette>

namespace tcpw {

/// Draws a layer's diagram in pixels, from its top left corner.
class DiagramPainter
{
public:
    DiagramPainter() = default;
    DiagramPainter(DiagramLayout diagram, std::uint16_t controlBits, const QFont& font, int width);

    /// The width below which words of fields would not fit.
    static int leastWidth(const QFont& font);

    const DiagramLayout& diagram() const { return m_diagram; }
    QSize size() const;
    void paint(QPainter& painter, const QPalette& palette, int currentCell) const;
    /// The cell at a pixel, or -1.
    int cellAt(QPoint pixel) const;
    QRect rectOf(const QRect& piece) const;

private:
    QStringList labelLines(const DiagramCell& cell) const;
    int roomIn(const DiagramCell& cell) const; ///< pixels of width for its words
    int neededHeight(const DiagramCell& cell) const;
    bool isControlBits(const DiagramCell& cell) const;
    int xOf(int bit) const;
    int lineHeight() const;
    static QFont labelFont(QFont font);
    QFont valueFont() const;
    void paintRuler(QPainter& painter, const QPalette& palette) const;
    void paintCell(QPainter& painter, const QPalette& palette, int cell, bool isCurrent) const;
    void paintControlBits(
        QPainter& painter, const QPalette& palette, const DiagramCell& cell) const;

    DiagramLayout m_diagram;
    std::uint16_t m_controlBits = 0;
    QFont m_font;
    int m_width = 0;
    std::vector<int> m_tops; ///< of each word, and the end of the last
};

} // namespace tcpw
