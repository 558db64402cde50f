// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/lab.h"

#include <QWidget>

#include <memory>

namespace tcpw {

/// The practice network's far end: what it listens on, what it can be told to do, what its kernel
/// says of each socket, what happened. Where there is no lab: why, and what helps.
class LabPane : public QWidget
{
    Q_OBJECT
public:
    explicit LabPane(QWidget* parent = nullptr);
    ~LabPane() override;

    /// The lab runs (LiveSession::labRunning()).
    void setRunning();
    /// There is no lab: the cause; an empty cause: it is starting.
    void setObstacle(const LabObstacle& obstacle);

    void setSockets(const std::vector<FarSocket>& sockets);
    /// Replaces the log, or adds to it.
    void setLog(const std::vector<FarEvent>& events);
    void addEvent(const FarEvent& event);
    /// The outcome of what was asked, in words.
    void showOutcome(const QString& text);
    void showProblem(const QString& message);

signals:
    void asked(const tcpw::FarRequest& request); ///< LabService::ask()
    void retryRequested(); ///< LiveSession::retryLab()
    void watchingChanged(bool watching); ///< visible or not: LabService::setWatching()

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
