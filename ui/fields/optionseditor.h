// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/valueeditor.h"

class QMenu;
class QToolButton;

namespace tcpw {

class GrowingEdit;
class OptionRow;
class OptionRows;

/// Edits the options of a TCP or IPv4 header: all of them in the shared notation, each as a form
/// below it, and a menu that adds one.
class OptionsEditor : public ValueEditor
{
    Q_OBJECT
public:
    explicit OptionsEditor(bool tcp, QWidget* parent = nullptr);

    void showState(const FieldState& state) override;
    void setMark(Mark mark) override;
    void dropTyping() override;
    void type(const QString& text) override;
    QWidget* keyWidget() override;
    void setNames(const QString& name, const QString& help) override;

private:
    void addPresets(QMenu* menu);
    void addPadding(QMenu* menu);
    void connectRows();
    void joinRow(OptionRow* row);
    void add(const QString& option);
    void typed(const QString& text);

    GrowingEdit* m_edit;
    QToolButton* m_add;
    OptionRows* m_rows;
    bool m_typingRow = false; ///< what is being typed stands in a form, not in the text
    FieldState m_state;
    bool m_tcp;
};

} // namespace tcpw
