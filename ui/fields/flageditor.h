// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/valueeditor.h"

class QCheckBox;

namespace tcpw {

/// Edits a field of one bit.
class FlagEditor : public ValueEditor
{
    Q_OBJECT
public:
    explicit FlagEditor(QWidget* parent = nullptr);

    void showState(const FieldState& state) override;
    QWidget* keyWidget() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QCheckBox* m_box;
};

} // namespace tcpw
