// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/textlabel.h"

#include "ui/fields/theme.h"

#include <QEvent>
#include <QRegularExpression>

namespace tcpw {

namespace {

constexpr std::size_t mostHeights = 8; // a layout tries few widths

QColor tintColor(TextLabel::Tint tint, const QPalette& palette)
{
    const Theme& theme = Theme::of(palette);
    switch (tint) {
    case TextLabel::Tint::plain:
        break;
    case TextLabel::Tint::muted:
        return theme.muted;
    case TextLabel::Tint::accent:
        return theme.accent;
    case TextLabel::Tint::good:
        return theme.good;
    case TextLabel::Tint::warning:
        return theme.warning;
    case TextLabel::Tint::wrong:
        return theme.wrong;
    }
    return {};
}

} // namespace

TextLabel::TextLabel(QWidget* parent)
    : TextLabel(QString(), parent)
{
}

TextLabel::TextLabel(const QString& text, QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setText(text);
}

void TextLabel::setTint(Tint tint)
{
    m_tint = tint;
    applyTint();
}

TextLabel::Measures& TextLabel::measures() const
{
    Measures& known = m_measures;
    if (known.text != text() || known.margin != margin() || known.margins != contentsMargins()
        || known.font != font())
        known = {text(), font(), contentsMargins(), margin(), {}, {}, {}};
    return known;
}

QSize TextLabel::sizeHint() const
{
    Measures& known = measures();
    if (!known.hint)
        known.hint = measureHint();
    return *known.hint;
}

QSize TextLabel::minimumSizeHint() const
{
    Measures& known = measures();
    if (!known.least)
        known.least = measureLeast();
    return *known.least;
}

int TextLabel::heightForWidth(int width) const
{
    auto& heights = measures().heights;
    for (const auto& [known, height] : heights)
        if (known == width)
            return height;
    if (heights.size() == mostHeights)
        heights.clear();
    return heights.emplace_back(width, QLabel::heightForWidth(width)).second;
}

QSize TextLabel::measureHint() const
{
    const QMargins margins = contentsMargins();
    const QSize text
        = fontMetrics().boundingRect(QRect(0, 0, 100000, 100000), 0, this->text()).size();
    const int around = 2 * margin();
    return {text.width() + 1 + around + margins.left() + margins.right(),
        std::max(text.height(), fontMetrics().height()) + around + margins.top()
            + margins.bottom()};
}

QSize TextLabel::measureLeast() const
{
    int widest = 0;
    static const QRegularExpression space(QStringLiteral("[\\s\u200b]+"));
    for (const QString& word : text().split(space, Qt::SkipEmptyParts))
        widest = std::max(widest, fontMetrics().horizontalAdvance(word));
    const QMargins margins = contentsMargins();
    return {widest + 1 + 2 * margin() + margins.left() + margins.right(),
        fontMetrics().height() + 2 * margin()};
}

void TextLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        m_measures = {};
    if (event->type() == QEvent::PaletteChange)
        applyTint();
}

void TextLabel::applyTint()
{
    const QColor color = tintColor(m_tint, palette());
    QPalette tinted;
    if (color.isValid())
        tinted.setColor(QPalette::WindowText, color);
    setPalette(tinted);
}

} // namespace tcpw
