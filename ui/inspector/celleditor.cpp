// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/inspector/celleditor.h"

#include "ui/fields/fieldedit.h"
#include "ui/fields/valueeditor.h"

#include <QApplication>
#include <QVBoxLayout>

#include <algorithm>

namespace tcpw {

namespace {

constexpr int usualWidth = 320; // pixels: label, value and its meaning side by side

} // namespace

CellEditor::CellEditor(const QString& layer, FieldEdit* row, QWidget* parent)
    : QFrame(parent)
    , m_row(row)
    , m_editor(new FieldEdit(layer, row->field(), false, this))
{
    setFrameShape(Box);
    setAutoFillBackground(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2);
    layout->addWidget(m_editor);
    follow();
    connect(m_editor, &FieldEdit::edited, this, [this](const QString& text) {
        if (m_row)
            m_row->editor()->type(text);
        follow();
    });
    connect(m_editor, &FieldEdit::resetRequested, this, [this] {
        if (m_row)
            emit m_row->resetRequested();
        m_editor->drop();
        follow();
    });
    connect(m_editor->editor(), &ValueEditor::dropped, this, [this] {
        if (m_row)
            m_row->drop();
        end();
    });
    connect(m_editor, &FieldEdit::finished, this, &CellEditor::end);
    connect(row, &QObject::destroyed, this, &CellEditor::end);
}

/// Shows how the form's row stands.
void CellEditor::follow()
{
    if (!m_row)
        return;
    m_editor->setState(m_row->state());
    m_editor->setProblem(m_row->problem());
    place();
}

void CellEditor::openAt(const QRect& cell)
{
    m_cell = cell;
    show();
    place();
    m_editor->focusEditor(Qt::OtherFocusReason);
}

/// Over the cell where there is room, moved inside where not.
void CellEditor::place()
{
    const QRect room = parentWidget()->rect();
    const int width = std::min(room.width(), std::max(m_cell.width(), usualWidth));
    const int wanted
        = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
    QRect over(m_cell.topLeft(), QSize(width, wanted));
    over.moveLeft(std::clamp(over.left(), 0, std::max(0, room.width() - over.width())));
    over.moveTop(std::clamp(over.top(), 0, std::max(0, room.height() - over.height())));
    setGeometry(over);
    raise();
}

void CellEditor::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    if (layout()->hasHeightForWidth() && height() != layout()->heightForWidth(width()))
        place();
}

void CellEditor::end()
{
    if (std::exchange(m_closed, true))
        return;
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    hide();
    emit closed(hadFocus);
    deleteLater();
}

} // namespace tcpw
