// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QWidget>

class QAction;
class QMenu;
class QToolButton;

namespace tcpw {

class CaptureFilterEdit;
class DevicePicker;
class FurtherDevices;
class KernelSwitch;
class LiveSession;

/// The row of controls on top: templates (where their pane has no room), device, further
/// devices to capture on, Start or Stop, capture filter, own kernel. Wraps into more lines where
/// the window is narrow; nothing is hidden.
class WindowToolBar : public QWidget
{
    Q_OBJECT
public:
    /// `startStop` is checked while a capture runs.
    WindowToolBar(QAction* startStop, QMenu* templates, QWidget* parent = nullptr);

    /// Shows the session's devices, and tells it which the user chooses.
    void follow(LiveSession& session);

    DevicePicker* devices() const { return m_devices; }
    FurtherDevices* furtherDevices() const { return m_further; }
    CaptureFilterEdit* filter() const { return m_filter; }
    KernelSwitch* kernel() const { return m_kernel; }
    QToolButton* templatesButton() const { return m_templates; }

    void setTemplatesShown(bool shown);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fixStartWidth();

    DevicePicker* m_devices;
    FurtherDevices* m_further;
    CaptureFilterEdit* m_filter;
    KernelSwitch* m_kernel;
    QToolButton* m_templates;
    QToolButton* m_startStop;
};

/// What the action that starts and stops the capture says.
QString startStopText(bool capturing);

} // namespace tcpw
