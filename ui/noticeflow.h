// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/notice.h"

#include <QObject>

namespace tcpw {

class AnswerFlow;
class CaptureFiles;
class DraftFlow;
class LiveSession;
class PacketFlow;
class PacketListPane;
class SendService;

/// Brings what is to be said into the notice line, and does what a notice's button offers.
class NoticeFlow : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        LiveSession& session;
        SendService& sender;
        PacketListPane& packets;
        PacketFlow& packetFlow;
        AnswerFlow& answers;
        DraftFlow& drafts;
        CaptureFiles& files;
    };

    NoticeFlow(const Parts& parts, QObject* parent);

    void show(const Notice& notice);
    /// An error, as plain text.
    void fail(const QString& message);
    void saved(const QString& path);
    /// Offers the packets that an earlier run left, if there are any.
    void offerSpool();

private:
    void connectSession();
    void act(const Notice& notice);
    void answer(qsizetype number);
    void widenFilter();
    void showGuardNote();

    Parts m_parts;
};

} // namespace tcpw
