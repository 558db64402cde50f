// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/statechip.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"

#include <QMouseEvent>
#include <QPainter>

namespace tcpw {

namespace {

QString chipText(const FieldState& state)
{
    switch (state.kind) {
    case FieldState::Kind::plain:
        return {};
    case FieldState::Kind::automatic:
        return StateChip::tr("automatic");
    case FieldState::Kind::placeholder:
        return state.words;
    case FieldState::Kind::own:
        return StateChip::tr("yours");
    case FieldState::Kind::ownWrong:
        return StateChip::tr("yours, and wrong: right is %1").arg(state.right);
    }
    return {};
}

struct ChipColors
{
    QColor text;
    QColor fill;
};

ChipColors chipColors(FieldState::Kind kind, const Theme& theme)
{
    switch (kind) {
    case FieldState::Kind::automatic:
        return {theme.good, theme.goodFill};
    case FieldState::Kind::ownWrong:
        return {theme.warning, theme.warningFill};
    case FieldState::Kind::own:
        return {theme.accent, theme.accentFill};
    case FieldState::Kind::plain:
    case FieldState::Kind::placeholder:
        break;
    }
    return {theme.muted, theme.mutedFill};
}

} // namespace

StateChip::StateChip(QWidget* parent)
    : QWidget(parent)
{
    hide();
}

/// Somewhat smaller than the text beside it, at any size of that.
QFont StateChip::smallFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    return small;
}

void StateChip::setState(const FieldState& state)
{
    const bool resettable = state.canReset
        && (state.kind == FieldState::Kind::own || state.kind == FieldState::Kind::ownWrong);
    const QString text = chipText(state);
    if (text == m_text && state.kind == m_kind && resettable == m_canReset)
        return;
    m_text = text;
    m_kind = state.kind;
    m_canReset = resettable;
    setToolTip(plainToolTip(m_canReset
            ? tr("Click to go back to what it was (Ctrl+Backspace in the field).")
            : QString()));
    if (m_canReset)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    setVisible(!m_text.isEmpty());
    updateGeometry();
    update();
}

QSize StateChip::sizeHint() const
{
    const QFontMetrics metrics(smallFont());
    return {metrics.horizontalAdvance(m_text) + metrics.height(), metrics.height() + 4};
}

void StateChip::paintEvent(QPaintEvent*)
{
    const ChipColors colors = chipColors(m_kind, Theme::of(palette()));
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.text);
    painter.setBrush(colors.fill);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    painter.setFont(smallFont());
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

void StateChip::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_canReset && event->button() == Qt::LeftButton && rect().contains(event->pos()))
        emit resetRequested();
}

} // namespace tcpw
