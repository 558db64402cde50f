// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/connectionstory.h"
#include "ui/fields/theme.h"

#include <QPainter>

namespace tcpw {

/// Marks and lines of a ladder diagram: who sent a packet shows in its mark (me a disk, the own
/// kernel a square, the peer a diamond) and in its line, not by colour alone.
namespace laddermarks {

enum class Sender
{
    me,
    kernel,
    peer,
};

/// The initiator counts as me where a file does not say who sent what.
Sender senderOf(const StoryArrow& arrow);
QColor color(Sender sender, const Theme& theme);
/// The line of an arrow: solid, the kernel's dash-dotted, a retransmission's dashed.
QPen pen(const StoryArrow& arrow, bool isAgain, const Theme& theme);

void paintMark(QPainter& painter, Sender sender, QPointF at, const QColor& color);
/// The head of an arrow that ends at `to`.
void paintHead(QPainter& painter, QPointF from, QPointF to, const QColor& color);
/// What ends the arrow of a packet that was lost.
void paintCross(QPainter& painter, QPointF at, const QColor& color);

} // namespace laddermarks

} // namespace tcpw
