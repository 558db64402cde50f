// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "packet/fields.h"

#include <QPlainTextEdit>

namespace tcpw {

/// A packet's bytes as hexadecimal digits and ASCII, tinted by layer, as text that can be walked
/// with the arrows and copied. A field's bytes can be marked; the byte under the cursor is told.
/// Where it may, typing goes over the bytes: a digit over half of one, a character over its ASCII.
class BytesView : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit BytesView(QWidget* parent = nullptr);
    ~BytesView() override;

    /// Shows these bytes; `colors` has one colour for each byte, fewer: the text's.
    void setBytes(Bytes bytes, std::vector<QColor> colors);
    /// Marks the bytes that these bits touch, and shows them; length 0: none.
    void mark(BitRange bits);

    /// Whether typing and pasting is told; the bytes change by setBytes() only.
    void setEditable(bool editable);

    int bytesPerLine() const { return m_perLine; }
    /// The byte at a place of the text; -1 where none stands.
    int byteAt(int line, int column) const;
    /// Where a byte's digits begin in its line.
    int hexColumn(int byte) const;

signals:
    void byteChosen(int byte); ///< the user went to it
    void byteTyped(int byte, quint8 value);
    void pasteRequested(); ///< Ctrl+V

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Tint;
    bool typeOver(const QString& text);
    void goTo(int byte, int column);
    void fitLine();
    void showText();
    void replaceLines(const QStringList& lines);
    QString line(std::size_t first) const;
    int offsetWidth() const;
    int asciiColumn(int byte) const;

    Tint* m_tint;
    Bytes m_bytes;
    std::vector<QColor> m_colors;
    int m_markFirst = 0; ///< byte
    int m_markEnd = 0; ///< byte behind the last one
    int m_perLine = 16;
    bool m_editable = false;
    bool m_changing = false; ///< the cursor moves because of us
};

} // namespace tcpw
