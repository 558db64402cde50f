// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace tcpw {

/// How far the opening or saving of a file is, with a button that ends it; not to be seen while
/// nothing goes on, nor when it ends at once.
class FileProgress : public QWidget
{
    Q_OBJECT
public:
    explicit FileProgress(QWidget* parent = nullptr);

    /// `what` is the file's path; a share of 1 is the end.
    void setProgress(const QString& what, double share);

signals:
    void cancelled();

private:
    static constexpr qint64 patience = 300; ///< ms before it shows

    QLabel* m_name;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    QElapsedTimer m_since; ///< valid while something goes on
};

} // namespace tcpw
