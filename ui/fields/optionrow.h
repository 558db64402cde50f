// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/optionform.h"

#include <QWidget>

class QAction;
class QToolButton;

namespace tcpw {

class FieldLineEdit;
class GrowingEdit;
class TextLabel;
class WrapLayout;

/// One option as a form: its name, its values, and what can be done with it.
class OptionRow : public QWidget
{
    Q_OBJECT
public:
    explicit OptionRow(QWidget* parent = nullptr);

    /// Shows an option of the notation; `field` is for accessible names: "TCP, Options".
    void show(const QString& notation, const QString& field, int number);
    const OptionForm& form() const { return m_form; }
    void setPlace(bool first, bool last);

    const QList<FieldLineEdit*>& lines() const { return m_lines; }
    const QList<GrowingEdit*>& texts() const { return m_texts; }

signals:
    void edited(); ///< form() has what was typed
    void valuesMade(); ///< lines() and texts() are others
    void moveRequested(int steps);
    void duplicateRequested();
    void removeRequested();

private:
    void makeValues();
    void typed(qsizetype value, const QString& text);

    OptionForm m_form;
    WrapLayout* m_layout;
    TextLabel* m_label;
    QToolButton* m_menu;
    QAction* m_up = nullptr;
    QAction* m_down = nullptr;
    QList<QWidget*> m_parts; ///< of the values, in their order
    QList<FieldLineEdit*> m_lines;
    QList<GrowingEdit*> m_texts;
};

} // namespace tcpw
