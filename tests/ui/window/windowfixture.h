// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/mainwindow.h"

#include <QTemporaryDir>

class QAbstractButton;

namespace tcpw {
class BuilderPane;
class InspectorPane;
class NoticeLine;
class PacketListModel;
class PacketListPane;
} // namespace tcpw

namespace tcpw::test {

/// The whole window with a session of its own; what it writes goes into a temporary folder.
class WindowFixture
{
public:
    /// Takes another folder's spools for those of an earlier run when it is given.
    explicit WindowFixture(const QString& spoolFolder = {});
    ~WindowFixture();

    /// Shows the window, and starts the session with the lab or without any device.
    void show(bool withLab);
    /// Waits until the lab runs and is being captured on; false when there is none to be had here.
    bool awaitLab();
    QString labProblem() const;

    /// Clicks in the middle of a widget, which must be visible and enabled.
    void click(QWidget* widget);
    void clickSend();
    void clickRow(int row);
    /// The text of a cell of the packet list.
    QString cell(int row, int column) const;
    int rows() const;
    QString notice() const;

    BuilderPane* builder() const;
    InspectorPane* inspector() const;
    PacketListPane* packets() const;
    template <typename T> T* child(const char* name) const
    {
        return window->findChild<T*>(QString::fromLatin1(name));
    }

private:
    QTemporaryDir m_folder;

public:
    LiveSession session;
    SendService sender;
    LabService lab;
    WindowSettings settings;
    std::unique_ptr<MainWindow> window;
};

/// Saves a picture of the widget as NAME.png in the build's screenshots folder.
void takePicture(QWidget* widget, const QString& name);

} // namespace tcpw::test
