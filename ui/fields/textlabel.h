// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QLabel>

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

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTint();

    Tint m_tint = Tint::plain;
};

} // namespace tcpw
