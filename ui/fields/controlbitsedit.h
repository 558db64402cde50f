// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/controlbits.h"
#include "ui/fields/valueeditor.h"

namespace tcpw {

/// TCP's twelve control bits as cells that are on or off: one tab stop, letters toggle (S for SYN),
/// Left and Right choose a cell and Space toggles it, the mouse clicks it.
class ControlBitsEdit : public ValueEditor
{
    Q_OBJECT
public:
    explicit ControlBitsEdit(QWidget* parent = nullptr);

    ControlBits bits() const { return m_bits; }
    /// The cell of a bit, for the mouse and for drawings.
    QRect cell(std::uint16_t bit) const;

    void showState(const FieldState& state) override;
    void setMark(Mark mark) override;
    QWidget* keyWidget() override { return this; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void toggle(int index);
    void moveCell(int steps);
    int cellAt(const QPoint& place) const;
    int arrange(int width, QList<QRect>* cells) const;
    void paintCell(QPainter& painter, int index) const;
    void describe();

    ControlBits m_bits;
    QList<QRect> m_cells;
    int m_current = 10; ///< SYN
    Mark m_mark = Mark::none;
};

} // namespace tcpw
