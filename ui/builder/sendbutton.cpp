// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/sendbutton.h"

#include "ui/fields/fixedfont.h"
#include "ui/fields/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace tcpw {

namespace {

constexpr int sideMargin = 12;
constexpr int between = 8;

QString withoutMnemonic(QString caption)
{
    return caption.remove(QLatin1Char('&'));
}

} // namespace

SendButton::SendButton(QWidget* parent)
    : QPushButton(parent)
{
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SendButton::setKeys(const QString& keys)
{
    m_keys = keys;
    updateGeometry();
}

QSize SendButton::sizeHint() const
{
    const int caption = QFontMetrics(bold(font())).horizontalAdvance(withoutMnemonic(text())) + 2;
    const int keys = fontMetrics().horizontalAdvance(m_keys) + 2;
    return {caption + between + keys + 2 * sideMargin, fontMetrics().height() + 14};
}

void SendButton::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        event->accept();
    else
        QPushButton::keyPressEvent(event);
}

void SendButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    QColor fill = isEnabled() ? theme.solid : theme.mutedFill;
    if (isEnabled() && (isDown() || underMouse()))
        fill = fill.darker(isDown() ? 125 : 108);
    painter.setPen(isEnabled() ? fill.darker(115) : theme.border);
    painter.setBrush(fill);
    painter.drawRoundedRect(box, 4, 4);

    painter.setPen(isEnabled() ? theme.solidText : theme.muted);
    painter.setFont(bold(font()));
    const QRect inner = rect().adjusted(sideMargin, 0, -sideMargin, 0);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic, text());
    painter.setFont(font());
    painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, m_keys);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.solidText, 1));
        painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), 3, 3);
    }
}

} // namespace tcpw
