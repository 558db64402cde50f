// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QLabel>

#include <optional>
#include <utility>
#include <vector>

namespace tcpw {

/// Plain text that wraps where it must; asks for the width of its longest line. Its tint is one of
/// the theme's colours and follows the palette.
class TextLabel : public QLabel
{
    Q_OBJECT
public:
    enum class Tint
    {
        plain,
        muted,
        accent,
        good,
        warning,
        wrong
    };

    explicit TextLabel(QWidget* parent = nullptr);
    explicit TextLabel(const QString& text, QWidget* parent = nullptr);

    void setTint(Tint tint);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    /// What was measured of a text, which takes long, and layouts ask often.
    struct Measures
    {
        QString text;
        QFont font;
        QMargins margins;
        int margin = 0;
        std::optional<QSize> hint, least;
        std::vector<std::pair<int, int>> heights; ///< by widths
    };
    /// Nothing is known when what they depend on has changed.
    Measures& measures() const;
    QSize measureHint() const;
    QSize measureLeast() const;
    void applyTint();

    mutable Measures m_measures;

    Tint m_tint = Tint::plain;
};

} // namespace tcpw
