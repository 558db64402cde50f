// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/states/statemarks.h"

namespace tcpw {

void paintStateMark(QPainter& painter, StateMark mark, QPointF at, const QString& letter,
    const QColor& color, const QColor& letterColor)
{
    QFont font = painter.font();
    font.setBold(true);
    const double size = QFontMetrics(font).height() * 0.56;
    painter.save();
    painter.setPen(QPen(letterColor, 1.5));
    painter.setBrush(color);
    if (mark == StateMark::disk) {
        painter.drawEllipse(at, size, size);
    } else if (mark == StateMark::square) {
        painter.drawRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size));
    } else {
        const double out = size * 1.35;
        const QPointF corners[] = {at + QPointF(0, -out), at + QPointF(out, 0),
            at + QPointF(0, out), at + QPointF(-out, 0)};
        painter.drawPolygon(corners, 4);
    }
    painter.setFont(font);
    painter.setPen(letterColor);
    painter.drawText(QRectF(at.x() - 20, at.y() - 20, 40, 40), Qt::AlignCenter, letter);
    painter.restore();
}

} // namespace tcpw
