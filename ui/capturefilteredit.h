// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QLineEdit>
#include <QTimer>

namespace tcpw {

/// The capture filter: what is typed is checked after a short rest; Return takes it.
class CaptureFilterEdit : public QLineEdit
{
    Q_OBJECT
public:
    explicit CaptureFilterEdit(QWidget* parent = nullptr);

    /// Shows the filter that is in use.
    void setFilter(const QString& filter);
    /// What the check of a text gave; "" when it is good. Passed over when the text is another now.
    void setChecked(const QString& filter, const QString& problem);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void checkRequested(const QString& filter);
    void filterChosen(const QString& filter);
    void problemChanged(const QString& problem); ///< "" when there is none

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showState();

    QTimer m_delay;
    QString m_inUse;
    QString m_problem;
};

} // namespace tcpw
