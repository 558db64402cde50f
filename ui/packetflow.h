// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/livesession.h"
#include "ui/filterwatch.h"
#include "ui/packetlist/packetlisttext.h"
#include "ui/teachingnotices.h"

#include <QObject>

namespace tcpw {

class InspectorPane;
class PacketListPane;
struct WindowStatus;

/// The way of captured packets: from the session's store into the list, the selected one into the
/// inspector, and what they teach into the notice line.
class PacketFlow : public QObject
{
    Q_OBJECT
public:
    PacketFlow(
        LiveSession& session, PacketListPane& list, InspectorPane& inspector, QObject* parent);

    void setKernelSilent(bool silent) { m_teaching.setKernelSilent(silent); }
    /// A packet went out: its destination is the peer from now on, and no filter should hide it.
    void packetSent(const Packet& packet);
    /// The capture filter that lets the hidden conversation through; "" when there is none.
    const QString& widenedFilter() const { return m_filterWatch.widened(); }
    void setFullAddresses(bool full);

    /// What of the status line is known here: packets, shown, missed, file.
    void fillStatus(WindowStatus& status) const;

signals:
    void noticed(const tcpw::Notice& notice);
    void statusChanged();

private:
    void showStore();
    void append(qsizetype first, qsizetype count);
    void showSelected(qsizetype number);
    void setComment(qsizetype packet, const QString& text);
    void updateNames();
    void updateDevices();
    void updateEmptyState();
    QString emptyText() const;

    LiveSession& m_session;
    PacketListPane& m_list;
    InspectorPane& m_inspector;
    TeachingNotices m_teaching;
    FilterWatch m_filterWatch;
    std::vector<IpAddress> m_sentTo;
    bool m_fullAddresses = false;
};

/// Whose packets a file holds, by the origin of its first ones.
EndNames endNamesOf(const PacketStore& store);

} // namespace tcpw
