// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/valueeditor.h"

#include <QPlainTextEdit>

namespace tcpw {

/// A text edit as high as its text, up to some lines, so that long values are seen whole. Tab moves
/// on, Return ends the typing unless line breaks are part of the text.
class GrowingEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit GrowingEdit(QWidget* parent = nullptr);

    void setMark(ValueEditor::Mark mark);
    void setLineBreaks(bool kept) { m_lineBreaks = kept; }
    void setMaximumLines(int lines);
    void setGrey(bool grey);
    /// Replaces the text without saying so.
    void show(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void typed(const QString& text);
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
    void resizeEvent(QResizeEvent* event) override;

private:
    void applyColors();
    void fitHeight();
    int heightOf(int lines) const;

    ValueEditor::Mark m_mark = ValueEditor::Mark::none;
    bool m_lineBreaks = false;
    bool m_grey = false;
    bool m_showing = false;
    int m_maximumLines = 8;
};

} // namespace tcpw
