// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/ladder/laddermarks.h"

#include <cmath>

namespace tcpw::laddermarks {

namespace {

constexpr double markSize = 3.5; // from its middle
constexpr double headLength = 8;
constexpr double headWidth = 3.5; // to each side

} // namespace

Sender senderOf(const StoryArrow& arrow)
{
    switch (arrow.origin) {
    case Origin::me:
        return Sender::me;
    case Origin::kernel:
        return Sender::kernel;
    case Origin::peer:
        return Sender::peer;
    case Origin::unknown:
        break;
    }
    return arrow.fromInitiator ? Sender::me : Sender::peer;
}

QColor color(Sender sender, const Theme& theme)
{
    return sender == Sender::me ? theme.me : sender == Sender::kernel ? theme.kernel : theme.peer;
}

QPen pen(const StoryArrow& arrow, bool isAgain, const Theme& theme)
{
    const Sender sender = senderOf(arrow);
    QPen pen(color(sender, theme), sender == Sender::peer ? 1.3 : 1.8);
    pen.setCapStyle(Qt::FlatCap);
    if (isAgain) {
        pen.setColor(theme.warning);
        pen.setDashPattern({5, 3});
    } else if (sender == Sender::kernel) {
        pen.setDashPattern({7, 2, 1.5, 2});
    }
    return pen;
}

void paintMark(QPainter& painter, Sender sender, QPointF at, const QColor& color)
{
    painter.setPen(QPen(color, 1));
    painter.setBrush(color);
    if (sender == Sender::me) {
        painter.drawEllipse(at, markSize, markSize);
    } else if (sender == Sender::kernel) {
        painter.drawRect(QRectF(at.x() - markSize, at.y() - markSize, 2 * markSize, 2 * markSize));
    } else {
        constexpr double size = markSize + 1;
        const QPointF corners[] = {at + QPointF(0, -size), at + QPointF(size, 0),
            at + QPointF(0, size), at + QPointF(-size, 0)};
        painter.drawPolygon(corners, 4);
    }
}

void paintHead(QPainter& painter, QPointF from, QPointF to, const QColor& color)
{
    const QPointF way = to - from;
    const double length = std::hypot(way.x(), way.y());
    if (length < headLength)
        return;
    const QPointF along = way / length;
    const QPointF across(-along.y(), along.x());
    const QPointF corners[] = {to, to - along * headLength + across * headWidth,
        to - along * headLength - across * headWidth};
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(corners, 3);
}

void paintCross(QPainter& painter, QPointF at, const QColor& color)
{
    constexpr double size = 5;
    painter.setPen(QPen(color, 2.2));
    painter.drawLine(at + QPointF(-size, -size), at + QPointF(size, size));
    painter.drawLine(at + QPointF(-size, size), at + QPointF(size, -size));
}

} // namespace tcpw::laddermarks
