// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QFrame>
#include <QPointer>

namespace tcpw {

class FieldEdit;

/// The editor of one field over its cell in the header diagram: the form's row once more. What is
/// typed here is typed there, and both show what comes of it. Ends by Return, Escape, or when the
/// focus goes elsewhere.
class CellEditor : public QFrame
{
    Q_OBJECT
public:
    /// `row` is the form's. `layer` is the label of the layer: "TCP".
    CellEditor(const QString& layer, FieldEdit* row, QWidget* parent);

    /// Stands over the cell, inside its parent, and takes the focus.
    void openAt(const QRect& cell);
    FieldEdit* editor() const { return m_editor; }

signals:
    void closed(bool hadFocus); ///< and deletes itself then

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void follow();
    void place();
    void end();

    QPointer<FieldEdit> m_row;
    FieldEdit* m_editor;
    QRect m_cell;
    bool m_closed = false;
};

} // namespace tcpw
