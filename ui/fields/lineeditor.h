// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/valueeditor.h"

#include <QLineEdit>

namespace tcpw {

/// A line edit with the keys of a field: Ctrl+Backspace goes back, Up and Down are +1 and -1,
/// Ctrl+Up and Ctrl+Down move to the next field, Return only ends the typing, Escape drops it.
class FieldLineEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit FieldLineEdit(QWidget* parent = nullptr);

    void setMark(ValueEditor::Mark mark);
    void setComputed(bool computed); ///< grey, and no tab stop
    /// Room for so many digits or letters.
    void setRoom(int characters);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void stepRequested(int step);
    void moveRequested(int steps);
    void resetRequested();
    void dropRequested();
    void focused();
    void left();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyColors();

    ValueEditor::Mark m_mark = ValueEditor::Mark::none;
    bool m_computed = false;
    int m_room = 10;
};

/// Edits numbers and addresses on one line.
class LineEditor : public ValueEditor
{
    Q_OBJECT
public:
    explicit LineEditor(const Field& field, QWidget* parent = nullptr);

    void showState(const FieldState& state) override;
    void setMark(Mark mark) override { m_edit->setMark(mark); }
    void dropTyping() override;
    void type(const QString& text) override;
    QWidget* keyWidget() override { return m_edit; }

private:
    void step(int step);
    void typed(const QString& text);

    const Field& m_field;
    FieldLineEdit* m_edit;
    FieldState m_state;
};

} // namespace tcpw
