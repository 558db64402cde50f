// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/noticeflow.h"

#include "connection/answer.h"
#include "session/sendservice.h"
#include "ui/answerflow.h"
#include "ui/capturefiles.h"
#include "ui/draftflow.h"
#include "ui/fields/plaintext.h"
#include "ui/packetflow.h"
#include "ui/packetlist/packetlistpane.h"

#include <QAction>
#include <QLineEdit>

namespace tcpw {

NoticeFlow::NoticeFlow(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
{
    NoticeLine* line = parts.packets.notices();
    connect(line, &NoticeLine::activated, this, &NoticeFlow::act);
    connect(line, &NoticeLine::discarded, &parts.session, &LiveSession::discardSpool);
    connect(&parts.packetFlow, &PacketFlow::noticed, this, &NoticeFlow::show);
    connect(&parts.drafts, &DraftFlow::sendStarted, line, &NoticeLine::clearHints);
    connect(&parts.drafts, &DraftFlow::failed, this, &NoticeFlow::fail);
    connect(&parts.files, &CaptureFiles::failed, this, &NoticeFlow::fail);
    connectSession();
}

void NoticeFlow::connectSession()
{
    LiveSession* session = &m_parts.session;
    SendService* sender = &m_parts.sender;
    NoticeLine* line = m_parts.packets.notices();
    connect(session, &LiveSession::noticed, this, &NoticeFlow::show);
    connect(session, &LiveSession::failed, this, &NoticeFlow::fail);
    connect(session, &LiveSession::saved, this, &NoticeFlow::saved);
    connect(session, &LiveSession::storeReplaced, line, &NoticeLine::clearHints);
    connect(session, &LiveSession::labChanged, line, [session, line] {
        if (session->labRunning())
            line->clearAction(TryAgainAction);
    });
    connect(sender, &SendService::failed, this, &NoticeFlow::fail);
    connect(sender, &SendService::guardsChanged, this, &NoticeFlow::showGuardNote);
    connect(sender, &SendService::kernelSilentChanged, line,
        [line] { line->clearAction(KernelSilentAction); });
}

void NoticeFlow::show(const Notice& notice)
{
    m_parts.packets.notices()->show(notice);
}

void NoticeFlow::fail(const QString& message)
{
    Notice notice;
    notice.kind = Notice::Kind::error;
    notice.text = harmless(message);
    show(notice);
}

void NoticeFlow::saved(const QString& path)
{
    Notice notice;
    notice.text = tr("Saved as %1.").arg(harmless(path));
    show(notice);
}

void NoticeFlow::offerSpool()
{
    if (m_parts.session.leftSpool().isEmpty())
        return;
    Notice notice;
    notice.text = tr("An earlier run of this program ended without saving its packets. They are "
                     "still here; Discard removes them for good.");
    notice.action = tr("Restore");
    notice.actionId = RestoreSpoolAction;
    show(notice);
}

void NoticeFlow::showGuardNote()
{
    const auto& guards = m_parts.sender.guards();
    if (guards.empty() || guards.back().second.note.empty())
        return;
    Notice notice;
    notice.kind = Notice::Kind::warning;
    notice.text = harmless(fromUtf8(guards.back().second.note));
    show(notice);
}

void NoticeFlow::act(const Notice& notice)
{
    switch (notice.actionId) {
    case KernelSilentAction:
        return m_parts.sender.setKernelSilent(true);
    case AnswerAction:
        return answer(notice.row);
    case WidenFilterAction:
        return widenFilter();
    case TryAgainAction:
        return m_parts.session.retryLab();
    case RestoreSpoolAction:
        return m_parts.session.restoreSpool();
    case OpenRecordingAction:
        return m_parts.files.openRecording();
    default:
        return;
    }
}

void NoticeFlow::answer(qsizetype number)
{
    m_parts.packets.setCurrentPacket(number);
    m_parts.answers.answer(number);
}

void NoticeFlow::widenFilter()
{
    const QString widened = m_parts.packetFlow.widenedFilter();
    if (!widened.isEmpty())
        return m_parts.session.setCaptureFilter(widened);
    m_parts.packets.filterEdit()->clear();
    m_parts.packets.onlyConversationAction()->setChecked(false);
}

} // namespace tcpw
