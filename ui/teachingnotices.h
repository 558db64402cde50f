// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/notice.h"
#include "ui/packetlist/packetlisttext.h"

#include <QObject>

#include <map>

namespace tcpw {

/// Says what just happened on the wire and what to do next: the kernel's RST, the SYN,ACK that
/// waits for its ACK, a refusal, a FIN.
class TeachingNotices : public QObject
{
    Q_OBJECT
public:
    explicit TeachingNotices(QObject* parent = nullptr);

    void setKernelSilent(bool silent) { m_kernelSilent = silent; }
    /// Other packets are shown: what was seen is past.
    void reset();
    /// Looks at a packet that was just captured; they come in their order.
    void look(const ListedPacket& packet);

    static constexpr std::size_t maximumConversations = 1000;

signals:
    void noticed(const tcpw::Notice& notice);

private:
    /// What was seen of one conversation.
    struct Seen
    {
        qsizetype synAckRow = -1; ///< the peer's first SYN,ACK
        std::uint32_t synAckSequence = 0;
        qsizetype ownSynAckRow = -1; ///< ours, to the peer's SYN
        bool established = false;
    };
    void lookAtKernel(const ListedPacket& packet);
    void lookAtPeer(const ListedPacket& packet, Seen& seen);
    void lookAtSynAck(const ListedPacket& packet, Seen& seen);
    void lookAtOwn(const ListedPacket& packet, Seen& seen);
    void say(const ListedPacket& packet, const QString& text, const QString& action = {},
        NoticeAction actionId = NoAction);

    bool m_kernelSilent = false;
    std::map<Conversation, Seen> m_seen;
};

} // namespace tcpw
