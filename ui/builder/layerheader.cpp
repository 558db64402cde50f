// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/layerheader.h"

#include "ui/fields/fixedfont.h"
#include "ui/fields/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace tcpw {

namespace {

constexpr int margin = 6;
constexpr std::size_t mostWidths = 8; // a layout tries few

} // namespace

LayerHeader::LayerHeader(const QString& title, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(title);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(this, &QAbstractButton::toggled, this, &LayerHeader::describe);
    describe();
}

void LayerHeader::setTitle(const QString& title)
{
    setText(title);
    m_places.clear();
    describe();
    updateGeometry();
}

void LayerHeader::setSummary(const QString& summary)
{
    if (summary == m_summary)
        return;
    m_summary = summary;
    m_places.clear();
    describe();
    updateGeometry();
    update();
}

void LayerHeader::describe()
{
    setAccessibleName(tr("%1 layer").arg(text()));
    const QString state = isChecked() ? tr("open") : tr("closed");
    setAccessibleDescription(m_summary.isEmpty() ? state : state + QLatin1String("; ") + m_summary);
    setToolTip(isChecked()
            ? tr("Closes this layer's fields (Left or Space). Delete removes the layer.")
            : tr("Opens this layer's fields (Right or Space). Delete removes the layer."));
}

/// Between words where each of them fits, else anywhere.
int LayerHeader::wrapping(int width) const
{
    const QStringList words = m_summary.split(QLatin1Char(' '));
    const bool fit = std::all_of(words.begin(), words.end(),
        [&](const QString& word) { return fontMetrics().horizontalAdvance(word) <= width; });
    return fit ? Qt::TextWordWrap : Qt::TextWrapAnywhere;
}

const LayerHeader::Places& LayerHeader::places(int width) const
{
    if (const auto known = m_places.find(width); known != m_places.end())
        return known->second;
    if (m_places.size() == mostWidths)
        m_places.clear();
    return m_places.emplace(width, measure(width)).first->second;
}

LayerHeader::Places LayerHeader::measure(int width) const
{
    const int line = fontMetrics().height();
    Places places;
    places.arrow = QRect(margin, margin, line, line);
    const int left = places.arrow.right() + 1 + margin / 2;
    const int titleWidth = QFontMetrics(bold(font())).horizontalAdvance(text()) + 2;
    places.title = QRect(left, margin, titleWidth, line);
    const int right = width - margin;
    const int room = right - places.title.right() - 2 * margin;
    if (fontMetrics().horizontalAdvance(m_summary) <= room) {
        places.summary = QRect(right - room, margin, room, line);
        places.height = line + 2 * margin;
        return places;
    }
    const int below = std::max(right - left, 1);
    const QRect needed
        = fontMetrics().boundingRect(QRect(0, 0, below, 10000), wrapping(below), m_summary);
    places.summary = QRect(left, margin + line + 2, below, needed.height());
    places.height = places.summary.bottom() + 1 + margin;
    return places;
}

QSize LayerHeader::sizeHint() const
{
    const int titleWidth = QFontMetrics(bold(font())).horizontalAdvance(text());
    const int line = fontMetrics().height();
    return {line + titleWidth + fontMetrics().horizontalAdvance(m_summary) + 6 * margin,
        line + 2 * margin};
}

QSize LayerHeader::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {line + QFontMetrics(bold(font())).horizontalAdvance(text()) + 4 * margin,
        line + 2 * margin};
}

int LayerHeader::heightForWidth(int width) const
{
    return places(width).height;
}

void LayerHeader::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        setChecked(false);
        return;
    case Qt::Key_Right:
        setChecked(true);
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        emit moveRequested(event->key() == Qt::Key_Up ? -1 : 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!(event->modifiers() & ~Qt::KeypadModifier)) {
            toggle();
            return;
        }
        break;
    }
    QAbstractButton::keyPressEvent(event);
}

void LayerHeader::changeEvent(QEvent* event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        m_places.clear();
}

void LayerHeader::enterEvent(QEnterEvent*)
{
    update();
}

void LayerHeader::leaveEvent(QEvent*)
{
    update();
}

void LayerHeader::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(palette());
    const Places& parts = places(width());
    QPainter painter(this);
    painter.fillRect(rect(), underMouse() ? theme.accentFill : theme.mutedFill);
    painter.setPen(theme.border);
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());

    QStyleOption arrow;
    arrow.initFrom(this);
    arrow.rect = parts.arrow.adjusted(3, 3, -3, -3);
    style()->drawPrimitive(
        isChecked() ? QStyle::PE_IndicatorArrowDown : QStyle::PE_IndicatorArrowRight, &arrow,
        &painter, this);

    painter.setPen(palette().color(QPalette::WindowText));
    painter.setFont(bold(font()));
    painter.drawText(parts.title, Qt::AlignLeft | Qt::AlignVCenter, text());
    painter.setFont(font());
    painter.setPen(theme.muted);
    const bool sameLine = parts.summary.top() == parts.title.top();
    painter.drawText(parts.summary,
        sameLine ? Qt::AlignRight | Qt::AlignVCenter
                 : Qt::AlignLeft | wrapping(parts.summary.width()),
        m_summary);

    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

} // namespace tcpw
