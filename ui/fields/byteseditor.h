// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/valueeditor.h"

class QComboBox;
class QMenu;
class QToolButton;

namespace tcpw {

class GrowingEdit;

/// Edits bytes, as text or as hexadecimal digits.
class BytesEditor : public ValueEditor
{
    Q_OBJECT
public:
    /// `payload`: several lines, and text at first when all of it can be read.
    explicit BytesEditor(bool payload, QWidget* parent = nullptr);

    void showState(const FieldState& state) override;
    void setMark(Mark mark) override;
    void dropTyping() override;
    QWidget* keyWidget() override;

    void type(const QString& text) override;
    /// Takes the bytes of a file, which stays where it is; fails on one that no IP packet could
    /// hold.
    Result<void> fillFromFile(const QString& path);

    bool asText() const { return m_asText; }
    void setAsText(bool text);
    /// The caption of both parts for assistive programs.
    void setNames(const QString& name, const QString& help) override;

private:
    QMenu* makeFillMenu();
    void askFile();
    void askPattern();
    void showProblem(const QString& sentence);
    void take(const Bytes& bytes);
    void typed();
    void showBytes();
    void switchMode(int index);
    Result<Bytes> read() const;

    GrowingEdit* m_edit;
    QComboBox* m_mode;
    QToolButton* m_fill = nullptr; ///< of a payload
    FieldState m_state;
    bool m_payload;
    bool m_asText = false;
    bool m_chosen = false; ///< the user chose text or hex
};

} // namespace tcpw
