// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/lab.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace tcpw {

class TextLabel;

/// Why there is no practice network, the one command that helps, to be copied, and Try again.
class LabObstacleView : public QWidget
{
    Q_OBJECT
public:
    explicit LabObstacleView(QWidget* parent = nullptr);

    /// An empty cause: it is starting.
    void setObstacle(const LabObstacle& obstacle);

signals:
    void retryRequested();

private:
    TextLabel* m_title;
    TextLabel* m_cause;
    TextLabel* m_command;
    QPushButton* m_copy;
    QPushButton* m_retry;
    QString m_copied; ///< the command as it is
};

} // namespace tcpw
