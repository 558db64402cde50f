// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/inspector/diagrampainter.h"

#include "packet/controlbits.h"
#include "ui/fields/fixedfont.h"
#include "ui/fields/theme.h"

#include <QPainterPath>

#include <algorithm>

namespace tcpw {

namespace {

constexpr int controlBitCount = 12;
constexpr const char* controlBitLetters[controlBitCount]
    = {"R3", "R2", "R1", "AE", "CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"};
constexpr int rulerBits[] = {0, 4, 8, 16, 24, 31};
constexpr int padding = 3; // pixels above and below the words

} // namespace

DiagramPainter::DiagramPainter(
    DiagramLayout diagram, std::uint16_t controlBits, const QFont& font, int width)
    : m_diagram(std::move(diagram))
    , m_controlBits(controlBits)
    , m_font(font)
    , m_width(std::max(width, leastWidth(font)))
{
    std::vector<int> heights(std::size_t(m_diagram.wordCount()), lineHeight() + 2 * padding);
    for (const DiagramCell& cell : m_diagram.cells()) {
        const auto first = std::size_t(cell.main.y());
        const int share = neededHeight(cell) / cell.main.height() + 1;
        for (std::size_t word = first; word < first + std::size_t(cell.main.height()); ++word)
            heights[word] = std::max(heights[word], share);
    }
    m_tops.push_back(lineHeight());
    for (const int height : heights)
        m_tops.push_back(m_tops.back() + height);
}

int DiagramPainter::leastWidth(const QFont& font)
{
    const QFontMetrics metrics(labelFont(font));
    return DiagramLayout::wordBits * (metrics.horizontalAdvance(QStringLiteral("DF")) + 1) + 1;
}

QSize DiagramPainter::size() const
{
    return m_tops.empty() ? QSize() : QSize(m_width, m_tops.back() + 1);
}

QFont DiagramPainter::labelFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.85);
    return font;
}

QFont DiagramPainter::valueFont() const
{
    QFont font = m_font;
    font.setFamilies(fixedFont().families());
    font.setBold(true);
    return font;
}

int DiagramPainter::lineHeight() const
{
    return QFontMetrics(m_font).height();
}

int DiagramPainter::xOf(int bit) const
{
    return bit * (m_width - 1) / DiagramLayout::wordBits;
}

QRect DiagramPainter::rectOf(const QRect& piece) const
{
    const int left = xOf(piece.x());
    const int top = m_tops[std::size_t(piece.y())];
    return {left, top, xOf(piece.x() + piece.width()) - left,
        m_tops[std::size_t(piece.y() + piece.height())] - top};
}

bool DiagramPainter::isControlBits(const DiagramCell& cell) const
{
    return cell.main.width() == controlBitCount && cell.label == QLatin1String("Control bits");
}

int DiagramPainter::roomIn(const DiagramCell& cell) const
{
    return xOf(cell.main.x() + cell.main.width()) - xOf(cell.main.x()) - 4;
}

/// The label in as many lines as it needs.
QStringList DiagramPainter::labelLines(const DiagramCell& cell) const
{
    const int room = roomIn(cell);
    const QFontMetrics label(labelFont(m_font));
    QStringList lines;
    QString line;
    for (const QString& word : cell.label.split(QLatin1Char(' '))) {
        const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
        if (!line.isEmpty() && label.horizontalAdvance(longer) > room) {
            lines << line;
            line = word;
        } else {
            line = longer;
        }
    }
    lines << line;
    return lines;
}

int DiagramPainter::neededHeight(const DiagramCell& cell) const
{
    if (isControlBits(cell))
        return 3 * QFontMetrics(labelFont(m_font)).height() + 2 * padding;
    return int(labelLines(cell).size()) * QFontMetrics(labelFont(m_font)).height()
        + QFontMetrics(valueFont()).height() + 2 * padding;
}

int DiagramPainter::cellAt(QPoint pixel) const
{
    for (int word = 0; word < m_diagram.wordCount(); ++word)
        if (pixel.y() >= m_tops[std::size_t(word)] && pixel.y() < m_tops[std::size_t(word) + 1])
            return m_diagram.cellAt(
                {std::clamp(pixel.x(), 0, m_width - 1) * DiagramLayout::wordBits / m_width, word});
    return -1;
}

void DiagramPainter::paint(QPainter& painter, const QPalette& palette, int currentCell) const
{
    if (m_tops.empty())
        return;
    paintRuler(painter, palette);
    for (int cell = 0; cell < int(m_diagram.cells().size()); ++cell)
        if (cell != currentCell)
            paintCell(painter, palette, cell, false);
    if (currentCell >= 0) // last, so that its border is whole
        paintCell(painter, palette, currentCell, true);
}

void DiagramPainter::paintRuler(QPainter& painter, const QPalette& palette) const
{
    painter.setFont(labelFont(m_font));
    painter.setPen(Theme::of(palette).muted);
    for (const int bit : rulerBits) {
        const QRect place(xOf(bit) - 20, 0, xOf(1) + 40, m_tops.front());
        painter.drawText(place, Qt::AlignCenter, QString::number(bit));
    }
}

void DiagramPainter::paintCell(
    QPainter& painter, const QPalette& palette, int number, bool isCurrent) const
{
    const DiagramCell& cell = m_diagram.cells()[std::size_t(number)];
    const Theme& theme = Theme::of(palette);
    QPainterPath outline;
    for (const QRect& piece : cell.pieces) {
        QPainterPath part;
        part.addRect(rectOf(piece));
        outline = outline.united(part);
    }
    const QColor ground = isCurrent ? theme.accentFill
        : cell.isWrong              ? theme.warningFill
        : cell.row < 0              ? theme.mutedFill
                                    : palette.color(QPalette::Base);
    painter.setBrush(ground);
    painter.setPen(QPen(isCurrent ? theme.accent : theme.border, isCurrent ? 2 : 1));
    painter.drawPath(outline.simplified());
    if (isControlBits(cell))
        return paintControlBits(painter, palette, cell);

    const QStringList lines = labelLines(cell);
    const QRect room = rectOf(cell.main);
    const int label = QFontMetrics(labelFont(m_font)).height();
    const QFontMetrics value(valueFont());
    int y = room.center().y() - (int(lines.size()) * label + value.height()) / 2 + 1;
    painter.setPen(palette.color(QPalette::Text));
    painter.setFont(labelFont(m_font));
    for (const QString& line : lines) {
        painter.drawText(QRect(room.x(), y, room.width(), label), Qt::AlignCenter, line);
        y += label;
    }
    painter.setPen(cell.isWrong ? theme.warning : palette.color(QPalette::Text));
    painter.setFont(valueFont());
    // Cut where it says more than has room.
    painter.drawText(QRect(room.x(), y, room.width(), value.height()), Qt::AlignCenter,
        value.elidedText(cell.value, Qt::ElideRight, roomIn(cell)));
}

/// Each bit by its name, downwards as in RFC 9293; those that are set stand out.
void DiagramPainter::paintControlBits(
    QPainter& painter, const QPalette& palette, const DiagramCell& cell) const
{
    const Theme& theme = Theme::of(palette);
    for (int bit = 0; bit < controlBitCount; ++bit) {
        const QRect room
            = rectOf(QRect(cell.main.x() + bit, cell.main.y(), 1, 1)).adjusted(1, 1, -1, -1);
        const bool isSet = (m_controlBits >> (controlBitCount - 1 - bit) & 1) != 0;
        if (isSet)
            painter.fillRect(room, theme.solid);
        QFont font = labelFont(m_font);
        font.setBold(isSet);
        painter.setFont(font);
        painter.setPen(isSet ? theme.solidText : theme.muted);
        const QString letters = QLatin1String(controlBitLetters[bit]);
        const int height = QFontMetrics(font).height();
        int y = room.center().y() - int(letters.size()) * height / 2 + 1;
        for (const QChar letter : letters) {
            painter.drawText(
                QRect(room.x(), y, room.width(), height), Qt::AlignCenter, QString(letter));
            y += height;
        }
    }
}

} // namespace tcpw
