// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/teachingnotices.h"

#include "packet/controlbits.h"

namespace tcpw {

TeachingNotices::TeachingNotices(QObject* parent)
    : QObject(parent)
{
}

void TeachingNotices::reset()
{
    m_seen.clear();
}

void TeachingNotices::look(const ListedPacket& packet)
{
    if (!packet.conversation)
        return;
    if (m_seen.size() >= maximumConversations && !m_seen.contains(*packet.conversation))
        m_seen.clear();
    Seen& seen = m_seen[*packet.conversation];
    if (!packet.summary.isTcp) {
        if (packet.record.origin == Origin::peer)
            say(packet,
                tr("No. %1 is an ICMP error about a segment of yours: %2.")
                    .arg(packet.number + 1)
                    .arg(packet.info));
        return;
    }
    switch (packet.record.origin) {
    case Origin::kernel:
        return lookAtKernel(packet);
    case Origin::peer:
        return lookAtPeer(packet, seen);
    case Origin::me:
        return lookAtOwn(packet, seen);
    case Origin::unknown:
        return;
    }
}

void TeachingNotices::say(
    const ListedPacket& packet, const QString& text, const QString& action, NoticeAction actionId)
{
    Notice notice;
    notice.text = text;
    notice.action = action;
    notice.actionId = actionId;
    notice.row = qsizetype(packet.number);
    emit noticed(notice);
}

/// A kernel answers what fits none of its sockets with RST (RFC 9293, section 3.10.7.1): to a
/// segment with ACK without one, to any other with one.
void TeachingNotices::lookAtKernel(const ListedPacket& packet)
{
    const Summary& summary = packet.summary;
    if (!summary.controlBits.has(ControlBits::rst))
        return;
    const QString port = QString::number(summary.sourcePort);
    const QString who = summary.controlBits.has(ControlBits::ack)
        ? tr("Your own computer's TCP refused the peer (RST, No. %1): nothing listens on port %2.")
        : tr("Your own computer's TCP sent this RST (No. %1): it has no socket on port %2.");
    const QString what = who.arg(packet.number + 1).arg(port) % QLatin1Char(' ');
    if (m_kernelSilent)
        say(packet,
            what
                % tr("It stays silent on ports that you send from. Next: Send from port %1, and "
                     "it will be silent there.")
                      .arg(port));
    else if (summary.controlBits.has(ControlBits::ack))
        say(packet,
            what
                % tr("Next: let your kernel stay silent, Send from port %1, and let the peer try "
                     "again.")
                      .arg(port),
            tr("Stay silent"), KernelSilentAction);
    else
        say(packet, what % tr("Next: let your kernel stay silent, Send again, then Answer."),
            tr("Stay silent"), KernelSilentAction);
}

void TeachingNotices::lookAtPeer(const ListedPacket& packet, Seen& seen)
{
    const Summary& summary = packet.summary;
    const ControlBits bits = summary.controlBits;
    if (bits.has(ControlBits::rst))
        return say(packet,
            seen.established || seen.synAckRow >= 0
                ? tr("The peer reset the connection (RST, No. %1).").arg(packet.number + 1)
                : tr("The peer refused the connection (RST, No. %1): nothing listens on its port "
                     "%2.")
                      .arg(packet.number + 1)
                      .arg(summary.sourcePort));
    if (bits.has(ControlBits::syn | ControlBits::ack))
        return lookAtSynAck(packet, seen);
    if (bits.has(ControlBits::syn))
        return say(packet,
            tr("The peer asks for a connection to your port %1 (SYN, No. %2). Next: Answer, then "
               "Send; the SYN,ACK accepts it.")
                .arg(summary.destinationPort)
                .arg(packet.number + 1),
            tr("Answer"), AnswerAction);
    if (bits.has(ControlBits::fin))
        return say(packet,
            tr("The peer ends its direction (FIN, No. %1; RFC 9293, section 3.6). Next: Answer "
               "with ACK, and with FIN when you have nothing more to say.")
                .arg(packet.number + 1),
            tr("Answer"), AnswerAction);
    if (bits.has(ControlBits::ack) && seen.ownSynAckRow >= 0 && !seen.established) {
        seen.established = true;
        say(packet,
            tr("The peer acknowledged your SYN,ACK (No. %1): the connection is established.")
                .arg(packet.number + 1));
    }
}

void TeachingNotices::lookAtSynAck(const ListedPacket& packet, Seen& seen)
{
    const bool again = seen.synAckRow >= 0 && seen.synAckSequence == packet.summary.sequenceNumber;
    if (!again) {
        seen = {};
        seen.synAckRow = qsizetype(packet.number);
        seen.synAckSequence = packet.summary.sequenceNumber;
        return say(packet,
            tr("The peer accepts (SYN,ACK, No. %1) and waits for your ACK. Next: Answer, then "
               "Send.")
                .arg(packet.number + 1),
            tr("Answer"), AnswerAction);
    }
    if (!seen.established)
        say(packet,
            tr("The peer repeats its SYN,ACK (No. %1) because no ACK came. Next: Answer, then "
               "Send, to complete the handshake.")
                .arg(seen.synAckRow + 1),
            tr("Answer"), AnswerAction);
}

void TeachingNotices::lookAtOwn(const ListedPacket& packet, Seen& seen)
{
    const Summary& summary = packet.summary;
    const ControlBits bits = summary.controlBits;
    if (bits.has(ControlBits::syn | ControlBits::ack)) {
        seen.ownSynAckRow = qsizetype(packet.number);
        return;
    }
    const bool plainAck
        = bits.has(ControlBits::ack) && !bits.has(ControlBits::syn) && !bits.has(ControlBits::rst);
    if (!plainAck || seen.established || seen.synAckRow < 0
        || summary.acknowledgmentNumber != seen.synAckSequence + 1)
        return;
    seen.established = true;
    say(packet,
        tr("Your ACK (No. %1) completes the handshake: the connection is established. Answer any "
           "of the peer's segments to go on, with data or FIN.")
            .arg(packet.number + 1));
}

} // namespace tcpw
