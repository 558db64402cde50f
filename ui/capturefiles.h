// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/recentfiles.h"

#include <QObject>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QAction;
class QFileDialog;
class QWidget;

namespace tcpw {

class LiveSession;
class PacketListPane;
class WindowSettings;

/// Opening and saving captures, those opened last, and the recorded handshake that comes with the
/// program.
class CaptureFiles : public QObject
{
    Q_OBJECT
public:
    /// `window` is the dialogs' parent.
    CaptureFiles(LiveSession& session, WindowSettings& settings, const PacketListPane& list,
        QWidget* window);

    QAction* openAction() const { return m_open; }
    QAction* saveAction() const { return m_save; } ///< all packets
    QAction* saveShownAction() const { return m_saveShown; } ///< those that have a row
    QAction* saveSelectedAction() const { return m_saveSelected; }
    /// From an opened file back to the live capture.
    QAction* showLiveAction() const { return m_showLive; }
    RecentFiles& recent() { return m_recent; }
    QAction* recordingAction() const { return m_recording; }

    void openFile(const QString& path);
    void openRecording();

signals:
    void failed(const QString& message);

private:
    /// The numbers to be saved; none: all. Empty where there is nothing to save.
    using Choice = std::function<std::optional<std::vector<std::size_t>>()>;

    void makeActions();
    /// Asks when comments on packets of the file that is shown would be lost.
    bool mayLeaveFile();
    void showLive();
    void rememberFile();
    void openDialog();
    void saveDialog(const QString& title, const Choice& choice);
    void failNothingToSave();
    QFileDialog* dialog(const QString& title);
    std::optional<std::vector<std::size_t>> shownPackets() const;
    std::optional<std::vector<std::size_t>> selectedPackets() const;

    LiveSession& m_session;
    WindowSettings& m_settings;
    QWidget* m_window;
    const PacketListPane& m_list;
    RecentFiles m_recent;
    QString m_opened; ///< the path that was opened last
    QAction* m_open;
    QAction* m_save;
    QAction* m_saveShown;
    QAction* m_saveSelected;
    QAction* m_showLive;
    QAction* m_recording;
    std::unique_ptr<QTemporaryDir> m_folder; ///< where the recording is read from, once it is
};

} // namespace tcpw
