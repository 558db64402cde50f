// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/celldelegate.h"

#include <QApplication>
#include <QPainter>

namespace tcpw {

namespace {

constexpr int keptTexts = 2000; ///< what some screens full of rows show

QStyle* styleOf(const QWidget* view)
{
    return view ? view->style() : QApplication::style();
}

QColor inkOf(const QStyleOptionViewItem& option)
{
    const bool selected = option.state & QStyle::State_Selected;
    const QPalette::ColorGroup group = !(option.state & QStyle::State_Enabled) ? QPalette::Disabled
        : option.state & QStyle::State_Active                                  ? QPalette::Active
                                                                               : QPalette::Inactive;
    return option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
}

void drawFocus(QPainter* painter, const QStyleOptionViewItem& option, QStyle* style)
{
    QStyleOptionFocusRect focus;
    focus.QStyleOption::operator=(option);
    focus.state |= QStyle::State_KeyboardFocusChange | QStyle::State_Item;
    focus.backgroundColor = option.palette.color(
        option.state & QStyle::State_Selected ? QPalette::Highlight : QPalette::Window);
    style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
}

QStaticText laidOut(
    QCache<QString, QStaticText>& known, const QString& key, const QString& text, const QFont& font)
{
    if (const QStaticText* made = known.object(key))
        return *made;
    QStaticText made(text);
    made.setTextFormat(Qt::PlainText);
    made.prepare({}, font);
    known.insert(key, new QStaticText(made));
    return made;
}

} // namespace

CellDelegate::CellDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
    , m_usual(keptTexts)
    , m_bold(keptTexts)
{
}

/// The text, elided where the width is too little.
QStaticText CellDelegate::fitting(const QStyleOptionViewItem& cell, int width) const
{
    Texts& known = cell.font.bold() ? m_bold : m_usual;
    const QStaticText whole = laidOut(known, cell.text, cell.text, cell.font);
    if (whole.size().width() <= width)
        return whole;
    const QString key = cell.text + QChar(0) + QString::number(width);
    if (const QStaticText* elided = known.object(key))
        return *elided;
    return laidOut(known, key,
        QFontMetricsF(cell.font).elidedText(cell.text, cell.textElideMode, width), cell.font);
}

void CellDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (option.font != m_font) {
        m_font = option.font;
        m_usual.clear();
        m_bold.clear();
    }
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    QStyle* style = styleOf(cell.widget);
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, cell.widget);
    const int beside = style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, cell.widget) + 1;
    const QRect room = cell.rect.adjusted(beside, 0, -beside, 0);
    if (!cell.text.isEmpty() && room.width() > 0) {
        const QStaticText text = fitting(cell, room.width());
        const QRect place = QStyle::alignedRect(
            cell.direction, cell.displayAlignment, text.size().toSize(), room);
        painter->setFont(cell.font);
        painter->setPen(inkOf(cell));
        painter->drawStaticText(place.topLeft(), text);
    }
    if (cell.state & QStyle::State_HasFocus)
        drawFocus(painter, cell, style);
}

} // namespace tcpw
