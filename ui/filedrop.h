// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QObject>

namespace tcpw {

/// Takes files that are dropped on a window.
class FileDrop : public QObject
{
    Q_OBJECT
public:
    explicit FileDrop(QWidget* window);

signals:
    void dropped(const QString& path);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace tcpw
