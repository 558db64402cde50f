// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/devices/devicedelegate.h"

#include "ui/fields/theme.h"

#include <QPainter>

#include <algorithm>

namespace tcpw {

namespace {

constexpr int sideMargin = 10;
constexpr int topMargin = 5;
constexpr int least = 260; ///< pixels of width, before the view has one

struct Part
{
    QString text;
    QFont font;
    QColor color;
    QRect place;
};

/// The parts from top to bottom, laid out for a width; places begin at 0, 0.
QList<Part> layOut(const QStyleOptionViewItem& option, const QModelIndex& index, int width)
{
    const Theme& theme = Theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const QColor text = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const bool unusable = index.data(UnusableRole).toBool();
    QFont bold = option.font;
    bold.setBold(!unusable);
    QList<Part> parts{
        {index.data(Qt::DisplayRole).toString(), bold, unusable ? theme.muted : text, {}},
        {index.data(DetailsRole).toString(), option.font, theme.muted, {}},
        {index.data(ProblemRole).toString(), option.font, theme.warning, {}},
    };
    int y = topMargin;
    for (Part& part : parts) {
        if (part.text.isEmpty())
            continue;
        if (selected)
            part.color = text;
        const QRect room(sideMargin, y, width - 2 * sideMargin, 10000);
        const QRect needed
            = QFontMetrics(part.font).boundingRect(room, Qt::TextWordWrap, part.text);
        part.place = QRect(room.topLeft(), QSize(room.width(), needed.height()));
        y = part.place.bottom() + 2;
    }
    return parts;
}

} // namespace

DeviceDelegate::DeviceDelegate(QWidget* view)
    : QStyledItemDelegate(view)
    , m_view(view)
{
}

void DeviceDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, option.palette.color(QPalette::Highlight));
    for (const Part& part : layOut(option, index, option.rect.width())) {
        painter->setFont(part.font);
        painter->setPen(part.color);
        painter->drawText(
            part.place.translated(option.rect.topLeft()), Qt::TextWordWrap, part.text);
    }
    painter->setPen(Theme::of(option.palette).border);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->restore();
}

QSize DeviceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int width = std::max(m_view->width(), least);
    int height = 0;
    for (const Part& part : layOut(option, index, width))
        height = std::max(height, part.place.bottom() + 1);
    return {width, height + topMargin};
}

} // namespace tcpw
