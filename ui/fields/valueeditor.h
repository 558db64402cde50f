// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/fieldstate.h"

#include <QWidget>

namespace tcpw {

/// An editor for the value of one field: shows a state, and tells what the user makes of it. While
/// the user is typing, his text stays as it is; it is written in the usual form when he is done.
class ValueEditor : public QWidget
{
    Q_OBJECT
public:
    /// How the text stands, shown by colour and frame besides the words beside the editor.
    enum class Mark
    {
        none,
        wrong, ///< can be read, and is not what would be computed
        unreadable
    };

    using QWidget::QWidget;
    ~ValueEditor() override;

    virtual void showState(const FieldState& state) = 0;
    virtual void setMark(Mark) { }
    /// Drops what the user was typing, for the state shown last.
    virtual void dropTyping() { }
    /// Takes a text in the shared notation as if the user had typed it here.
    virtual void type(const QString& text) { emit edited(text); }
    /// How it is called for assistive programs, and its tool tip (already made harmless).
    virtual void setNames(const QString& name, const QString& help);
    /// The widget that takes the focus and the keys.
    virtual QWidget* keyWidget() = 0;

signals:
    void edited(const QString& text); ///< in the shared notation
    void unreadable(const QString& why); ///< not even notation: a sentence
    void finished(); ///< the user is done typing
    void dropped(); ///< Escape: the text is the state's again
    void resetRequested(); ///< Ctrl+Backspace
    void moveRequested(int steps); ///< to the field above (-1) or below (1), automatic ones too
    void focused();
    void partsChanged(); ///< it has other widgets that are come to by Tab

protected:
    /// Passes on the keys of the widget that is typed into. It is no focus proxy: Tab would then
    /// come to this editor by its own place in the order as well.
    template <typename Edit> void passOn(Edit* edit)
    {
        connect(edit, &Edit::moveRequested, this, &ValueEditor::moveRequested);
        connect(edit, &Edit::resetRequested, this, [this] {
            m_typing = false;
            emit resetRequested();
        });
        connect(edit, &Edit::dropRequested, this, &ValueEditor::dropTyping);
        connect(edit, &Edit::focused, this, &ValueEditor::focused);
        connect(edit, &Edit::left, this, [this] {
            m_typing = false;
            emit finished();
        });
    }

    bool m_typing = false; ///< the text is the user's, not yet in the usual form
};

/// The editor for a kind of field.
ValueEditor* makeValueEditor(const Field& field, bool payload, QWidget* parent);

/// Decides who gets a key that is typed in a field's editor, and tells whether it did: going back
/// is the field's own, undo and redo are the packet's and not the text's.
bool decidesShortcut(QEvent* event);

} // namespace tcpw
