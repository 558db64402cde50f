// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/labservice.h"
#include "session/sendservice.h"
#include "templates/template.h"
#include "ui/windowsettings.h"

#include <QMainWindow>

#include <memory>

namespace tcpw {

/// The window: makes the panes and connects them with the session. It has no logic of its own.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    MainWindow(LiveSession& session, SendService& sender, LabService& lab, WindowSettings& settings,
        QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Shows the first template and offers what an earlier run left. To be called once, before or
    /// after LiveSession::begin().
    void begin();
    /// Shows something in the notice line.
    void show(const Notice& notice);
    using QMainWindow::show;
    /// Opens a capture or a template, whichever the file is. Never sends.
    void openFile(const QString& path);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
