// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/fieldstate.h"

#include <QWidget>

namespace tcpw {

class StateChip;
class TextLabel;
class ValueEditor;
class WrapLayout;

/// One field of the table as a row: its label, its editor, who sets it, what the value means or why
/// it cannot be read. Edits are told as text; the state comes back from the draft.
class FieldEdit : public QWidget
{
    Q_OBJECT
public:
    /// `layer` is the label of the layer, for the accessible name: "TCP".
    FieldEdit(const QString& layer, const Field& field, bool payload, QWidget* parent = nullptr);
    ~FieldEdit() override;

    const Field& field() const { return m_field; }

    void setState(const FieldState& state);
    const FieldState& state() const { return m_state; }

    /// Why the text cannot be read; "" when it can. The text stays as it was typed until then.
    void setProblem(const QString& why);
    const QString& problem() const { return m_problem; }
    /// Back to the state's text; its problem goes too.
    void drop();

    int labelWidth() const; ///< of the label on one line
    int leastLabelWidth() const; ///< of its longest word
    void setLabelWidth(int pixels);

    /// Marks the row as the one that is worked on.
    void setActive(bool active);
    /// Gives the editor the focus.
    void focusEditor(Qt::FocusReason reason);
    ValueEditor* editor() const { return m_editor; }

protected:
    void paintEvent(QPaintEvent* event) override;

signals:
    void edited(const QString& text); ///< in the shared notation
    void resetRequested();
    void moveRequested(int steps);
    void finished();
    void problemChanged();
    void focused();

private:
    void showMeaning();
    QString help() const;

    const Field& m_field;
    FieldState m_state;
    QString m_problem;
    bool m_active = false;
    WrapLayout* m_layout;
    TextLabel* m_label;
    ValueEditor* m_editor;
    StateChip* m_chip;
    TextLabel* m_meaning;
};

} // namespace tcpw
