// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/livesession.h"

namespace tcpw {

/// The far end of the practice network: its verbs, its sockets as its kernel sees them, its log.
class LabService : public QObject
{
    Q_OBJECT
public:
    explicit LabService(LiveSession& session, QObject* parent = nullptr);
    ~LabService() override;

    /// Does one thing at the far end; ends in done() or failed().
    void ask(const FarRequest& request);
    /// Reads the sockets; ends in socketsChanged().
    void refresh();
    /// While true, refresh() happens every second.
    void setWatching(bool watching);

    const std::vector<FarSocket>& sockets() const;
    const std::vector<FarEvent>& log() const; ///< the newest 1,000

signals:
    void done(const QString& text);
    void socketsChanged();
    void logged(const tcpw::FarEvent& event);
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
