// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/valueeditor.h"

#include "ui/fields/byteseditor.h"
#include "ui/fields/controlbitsedit.h"
#include "ui/fields/flageditor.h"
#include "ui/fields/lineeditor.h"
#include "ui/fields/optionseditor.h"

#include <QKeyEvent>

namespace tcpw {

ValueEditor::~ValueEditor()
{
    // The part that has the focus still tells of its end when this is half gone.
    for (QWidget* part : findChildren<QWidget*>())
        part->disconnect(this);
}

void ValueEditor::setNames(const QString& name, const QString& help)
{
    keyWidget()->setAccessibleName(name);
    keyWidget()->setToolTip(help);
}

ValueEditor* makeValueEditor(const Field& field, bool payload, QWidget* parent)
{
    switch (field.kind) {
    case FieldKind::flag:
        return new FlagEditor(parent);
    case FieldKind::controlBits:
        return new ControlBitsEdit(parent);
    case FieldKind::bytes:
        return new BytesEditor(payload, parent);
    case FieldKind::tcpOptions:
    case FieldKind::ipv4Options:
        return new OptionsEditor(field.kind == FieldKind::tcpOptions, parent);
    case FieldKind::number:
    case FieldKind::hexNumber:
    case FieldKind::mac:
    case FieldKind::ipv4:
    case FieldKind::ipv6:
    case FieldKind::text:
        break;
    }
    return new LineEditor(field, parent);
}

bool decidesShortcut(QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool back = key->key() == Qt::Key_Backspace && key->modifiers() == Qt::ControlModifier;
    const bool history = key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
    if (back || history)
        event->setAccepted(back);
    return back || history;
}

} // namespace tcpw
