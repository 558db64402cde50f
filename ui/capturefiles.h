// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QObject>
#include <QTemporaryDir>

#include <memory>

class QAction;
class QFileDialog;
class QWidget;

namespace tcpw {

class LiveSession;
class WindowSettings;

/// Opening and saving captures, and the recorded handshake that comes with the program.
class CaptureFiles : public QObject
{
    Q_OBJECT
public:
    /// `window` is the dialogs' parent.
    CaptureFiles(LiveSession& session, WindowSettings& settings, QWidget* window);

    QAction* openAction() const { return m_open; }
    QAction* saveAction() const { return m_save; }
    QAction* recordingAction() const { return m_recording; }

    void openFile(const QString& path);
    void openRecording();

signals:
    void failed(const QString& message);

private:
    void openDialog();
    void saveDialog();
    QFileDialog* dialog(const QString& title);

    LiveSession& m_session;
    WindowSettings& m_settings;
    QWidget* m_window;
    QAction* m_open;
    QAction* m_save;
    QAction* m_recording;
    std::unique_ptr<QTemporaryDir> m_folder; ///< where the recording is read from, once it is
};

} // namespace tcpw
