// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QScrollArea>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tcpw {

/// What stands in the packet list while it is empty: what the list is for and what to do next; or
/// why that cannot be done, with the command that helps.
class EmptyState : public QScrollArea
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);

    /// What to do next.
    void setText(const QString& text);
    /// Why there is no practice network, the command that helps ("" for none), and what else to do.
    void setObstacle(const QString& cause, const QString& command);

signals:
    void tryAgainRequested();
    void recordingRequested();

private:
    void showObstacle(bool shown, const QString& command);

    QLabel* m_text;
    QLineEdit* m_command;
    QPushButton* m_copy;
    QPushButton* m_tryAgain;
    QPushButton* m_recording;
};

} // namespace tcpw
