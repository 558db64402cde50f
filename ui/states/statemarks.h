// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QColor>
#include <QPainter>

namespace tcpw {

/// Marks at a state: who is in it shows in shape and letter.
enum class StateMark
{
    disk, ///< me, or the initiator
    diamond, ///< the peer, or the responder
    square, ///< what the peer's kernel says
};

/// The letter in its shape, around `at`, filled with `color`.
void paintStateMark(QPainter& painter, StateMark mark, QPointF at, const QString& letter,
    const QColor& color, const QColor& letterColor);

} // namespace tcpw
