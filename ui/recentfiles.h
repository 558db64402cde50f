// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QMenu>
#include <QObject>

namespace tcpw {

class WindowSettings;

/// The captures that were opened or saved last, the newest first, from one start to the next.
class RecentFiles : public QObject
{
    Q_OBJECT
public:
    RecentFiles(WindowSettings& settings, QObject* parent);

    QMenu& menu() { return m_menu; }
    QStringList paths() const;
    void add(const QString& path);

    static constexpr qsizetype most = 10;

signals:
    void chosen(const QString& path);

private:
    void fill();

    WindowSettings& m_settings;
    QMenu m_menu;
};

} // namespace tcpw
