// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/fieldstate.h"

#include <QWidget>

namespace tcpw {

/// Says in a rounded box who sets a field's value: automatic, new each Send, yours, yours and
/// wrong. A click on "yours" goes back, as Ctrl+Backspace does in the editor.
class StateChip : public QWidget
{
    Q_OBJECT
public:
    explicit StateChip(QWidget* parent = nullptr);

    void setState(const FieldState& state);
    /// "automatic"; "" when there is nothing to say, and the chip is hidden.
    const QString& text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void resetRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QFont smallFont() const;

    QString m_text;
    FieldState::Kind m_kind = FieldState::Kind::plain;
    bool m_canReset = false;
};

} // namespace tcpw
