// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/filterwatch.h"

#include "connection/answer.h"
#include "ui/fields/plaintext.h"

namespace tcpw {

namespace {

PacketRecord recordOf(const Packet& packet, const Bytes& bytes, Origin origin)
{
    PacketRecord record;
    record.capturedLength = record.originalLength = std::uint32_t(bytes.size());
    record.linkType = packet.linkType;
    record.origin = origin;
    return record;
}

bool shows(const RowChoice& choice, const Packet& packet, Origin origin)
{
    const Bytes bytes = encode(packet);
    return (!choice.filter || choice.filter->matches(recordOf(packet, bytes, origin), bytes))
        && (!choice.conversation || conversationOf(packet) == choice.conversation);
}

/// Tells whether a choice lets through what was sent and what answers it.
bool showsBoth(const RowChoice& choice, const Packet& sent)
{
    if (!shows(choice, sent, Origin::me))
        return false;
    const auto back = answer(sent, AnswerKind::ack, {});
    return !back || shows(choice, *back, Origin::peer);
}

} // namespace

QString widenedFilter(const QString& filter, const Packet& packet)
{
    const Summary summary = summarize(packet, 0);
    if (!summary.source || !summary.destination)
        return {};
    QString conversation
        = QStringLiteral("(host %1 and host %2")
              .arg(fromUtf8(toText(*summary.source)), fromUtf8(toText(*summary.destination)));
    if (summary.isTcp)
        conversation += QStringLiteral(" and tcp port %1 and tcp port %2")
                            .arg(summary.sourcePort)
                            .arg(summary.destinationPort);
    return QLatin1Char('(') % filter % QStringLiteral(") or ") % conversation % QLatin1Char(')');
}

FilterWatch::FilterWatch(QObject* parent)
    : QObject(parent)
    , m_worker(this)
{
}

void FilterWatch::look(const Packet& sent, const QString& captureFilter, const RowChoice& choice)
{
    m_widened.clear();
    if (captureFilter.isEmpty() && choice.all())
        return;
    m_worker.post([this, sent, captureFilter, choice]() -> Worker::Completion {
        RowChoice captured;
        if (!captureFilter.isEmpty())
            if (const auto filter = DisplayFilter::parse(toUtf8(captureFilter), sent.linkType))
                captured.filter = *filter;
        const bool byCapture = !showsBoth(captured, sent);
        if (!byCapture && showsBoth(choice, sent))
            return {};
        const QString widened = byCapture ? widenedFilter(captureFilter, sent) : QString();
        return [this, byCapture, widened] {
            offer(byCapture, widened);
        };
    });
}

void FilterWatch::offer(bool byCapture, const QString& widened)
{
    m_widened = widened;
    Notice notice;
    notice.kind = Notice::Kind::warning;
    notice.text = byCapture
        ? tr("The capture filter leaves out the packet that you sent or what answers it.")
        : tr("The packet that you sent, or what answers it, is not among the rows that you chose "
             "to see.");
    notice.action = byCapture ? tr("Widen the filter") : tr("Show all packets");
    notice.actionId = WidenFilterAction;
    emit hidden(notice);
}

} // namespace tcpw
