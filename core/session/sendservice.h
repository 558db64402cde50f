// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/livesession.h"
#include "templates/draft.h"

namespace tcpw {

/// Sends drafts: starts the capture if it is stopped, fills in placeholders, arms the guard when
/// the own kernel is to stay silent, injects. One at a time; every outcome is a signal.
class SendService : public QObject
{
    Q_OBJECT
public:
    explicit SendService(LiveSession& session, QObject* parent = nullptr);
    ~SendService() override;

    /// Sends once. The only function of the program that puts packets on a wire.
    void send(const Draft& draft);
    bool sending() const;

    /// What send() would send now, as far as it is known without asking the network; for the
    /// preview. New port and sequence number are those that the next send() takes.
    Result<Packet> preview(const Draft& draft) const;

    /// The own kernel stays silent (true) or answers; guards are released when it answers again.
    void setKernelSilent(bool silent);
    bool kernelSilent() const;
    /// The ports guarded now and what holds, for the switch's caption and tool tip.
    const std::vector<std::pair<GuardRequest, GuardState>>& guards() const;

    /// Finds out whether a destination can be reached; ends in checked() or failed(). This sends
    /// ARP or neighbour discovery and ICMP echo, and says so.
    void check(const IpAddress& destination);

    quint64 sentCount() const;

signals:
    void sent(const tcpw::Packet& packet); ///< as it went out
    void checked(const tcpw::Reachability& result);
    void kernelSilentChanged();
    void guardsChanged();
    void previewChanged(); ///< a new port or number is ready
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
