// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "guard/guard.h"

#include <QWidget>

#include <utility>
#include <vector>

class QLabel;
class QRadioButton;

namespace tcpw {

/// The one switch "Own kernel: answers | stays silent (port N)".
class KernelSwitch : public QWidget
{
    Q_OBJECT
public:
    explicit KernelSwitch(QWidget* parent = nullptr);

    /// Shows a state; emits nothing. `guards` are the ports that are guarded now.
    void setState(bool silent, const std::vector<std::pair<GuardRequest, GuardState>>& guards);

    QRadioButton* answersButton() const { return m_answers; }
    QRadioButton* silentButton() const { return m_silent; }

signals:
    void silentChosen(bool silent); ///< by the user

private:
    static QString portsText(const std::vector<std::pair<GuardRequest, GuardState>>& guards);
    static QString toolTipText(const std::vector<std::pair<GuardRequest, GuardState>>& guards);

    QRadioButton* m_answers;
    QRadioButton* m_silent;
};

} // namespace tcpw
