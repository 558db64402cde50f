// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetlisttext.h"

#include "ui/fields/plaintext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace tcpw {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PacketListText", text);
}

bool contains(const std::vector<IpAddress>& addresses, const IpAddress& address)
{
    return std::ranges::find(addresses, address) != addresses.end();
}

QString withPort(const QString& name, const IpAddress& address, std::uint16_t port, bool isWord)
{
    const bool brackets = !isWord && std::holds_alternative<Ipv6Address>(address);
    return (brackets ? QLatin1Char('[') % name % QLatin1Char(']') : name) % QLatin1Char(':')
        % QString::number(port);
}

QString timeText(std::int64_t timestamp, const QString& format, int decimals)
{
    const std::int64_t second = 1'000'000'000;
    const std::int64_t rest = ((timestamp % second) + second) % second;
    const QDateTime time = QDateTime::fromSecsSinceEpoch((timestamp - rest) / second);
    return time.toString(format) % QLatin1Char('.')
        % QString::number(rest).rightJustified(9, QLatin1Char('0')).left(decimals);
}

/// Whether a header could not be read though the packet was captured whole.
bool isMalformed(const Packet& packet, const PacketRecord& record)
{
    return record.capturedLength >= record.originalLength && packet.find<Rest>();
}

} // namespace

ListedPacket listedPacket(std::size_t number, const PacketRecord& record, ByteView bytes)
{
    const Packet packet = decode(bytes, record.linkType);
    ListedPacket listed;
    listed.number = number;
    listed.record = record;
    listed.summary = summarize(packet, record.originalLength);
    listed.info = harmless(fromUtf8(describe(packet, record.originalLength)));
    if (listed.summary.checksum == ChecksumState::bad)
        listed.info += tr(", wrong checksum");
    listed.conversation = conversationOf(packet);
    listed.isTagged = packet.find<VlanTag>();
    listed.isMalformed = isMalformed(packet, record);
    return listed;
}

std::string problemText(const std::optional<TrackedPacket>& tracked, ChecksumState checksum)
{
    std::string text = tracked ? toText(tracked->names) : std::string();
    if (checksum == ChecksumState::bad)
        text += text.empty() ? "wrong_checksum" : ",wrong_checksum";
    return text;
}

QString originText(Origin origin)
{
    switch (origin) {
    case Origin::me:
        return tr("→ me");
    case Origin::kernel:
        return tr("→ kernel");
    case Origin::peer:
        return tr("← peer");
    case Origin::unknown:
        break;
    }
    return {};
}

QString secondsText(std::int64_t nanoseconds)
{
    const std::int64_t microseconds = nanoseconds / 1000;
    const std::int64_t absolute = microseconds < 0 ? -microseconds : microseconds;
    return (microseconds < 0 ? QStringLiteral("-") : QString())
        % QString::number(absolute / 1'000'000) % QLatin1Char('.')
        % QString::number(absolute % 1'000'000).rightJustified(6, QLatin1Char('0'));
}

QString PacketListText::end(const std::optional<IpAddress>& address, std::uint16_t port,
    bool hasPort, const MacAddress& mac, bool words) const
{
    if (!address)
        return mac == MacAddress() ? QString() : fromUtf8(toText(mac));
    QString name = fromUtf8(toText(*address));
    const bool own = words && contains(m_names.own, *address);
    const bool peer = words && !own && contains(m_names.peers, *address);
    if (own || peer)
        name = own ? tr("me") : tr("peer");
    return hasPort ? withPort(name, *address, port, own || peer) : name;
}

QString PacketListText::sourceOf(const Summary& summary, bool words) const
{
    return end(summary.source, summary.sourcePort, summary.hasPorts, summary.sourceMac, words);
}

QString PacketListText::destinationOf(const Summary& summary, bool words) const
{
    return end(summary.destination, summary.destinationPort, summary.hasPorts,
        summary.destinationMac, words);
}

QString PacketListText::time(const ListedPacket& packet, const RowTimes& times) const
{
    const std::int64_t own = packet.record.timestamp;
    switch (m_style.time) {
    case TimeForm::sinceFirst:
        return secondsText(own - times.first);
    case TimeForm::sinceCaptured:
    case TimeForm::sinceShown:
        return secondsText(own - times.before);
    case TimeForm::timeOfDay:
        return timeText(own, QStringLiteral("HH:mm:ss"), 6);
    case TimeForm::date:
        return timeText(own, QStringLiteral("yyyy-MM-dd HH:mm:ss"), 6);
    }
    return {};
}

QString PacketListText::device(const ListedPacket& packet) const
{
    const QString name = m_devices.value(packet.record.device);
    return name.isEmpty() ? QString::number(packet.record.device) : name;
}

QString PacketListText::sequence(const ListedPacket& packet) const
{
    const Summary& summary = packet.summary;
    if (!summary.isTcp || (!m_style.absoluteNumbers && !packet.firstSequence))
        return {};
    return QString::number(
        summary.sequenceNumber - (m_style.absoluteNumbers ? 0 : *packet.firstSequence));
}

QString PacketListText::acknowledgment(const ListedPacket& packet) const
{
    const Summary& summary = packet.summary;
    if (!summary.isTcp || !summary.controlBits.has(ControlBits::ack))
        return {};
    const bool absolute = m_style.absoluteNumbers || !packet.firstAcknowledgment;
    if (absolute && !m_style.absoluteNumbers && !packet.tracked)
        return {};
    return QString::number(
        summary.acknowledgmentNumber - (absolute ? 0 : *packet.firstAcknowledgment));
}

QString PacketListText::cell(
    const ListedPacket& packet, PacketListColumn column, const RowTimes& times) const
{
    const Summary& summary = packet.summary;
    switch (column) {
    case PacketListColumn::number:
        return QString::number(packet.number + 1);
    case PacketListColumn::time:
        return time(packet, times);
    case PacketListColumn::device:
        return device(packet);
    case PacketListColumn::connection:
        return packet.tracked && packet.tracked->isTcp()
            ? QString::number(packet.tracked->connection)
            : QString();
    case PacketListColumn::frame:
        return QString::number(packet.record.shownLength());
    case PacketListColumn::checksum:
        return summary.checksum == ChecksumState::none
            ? QString()
            : QString::fromLatin1(checksumStateName(summary.checksum));
    case PacketListColumn::problem:
        return fromUtf8(problemText(packet.tracked, summary.checksum));
    case PacketListColumn::comment:
        return packet.comment;
    case PacketListColumn::from:
        return originText(packet.record.origin);
    case PacketListColumn::source:
        return sourceOf(summary, !m_names.fullAddresses);
    case PacketListColumn::destination:
        return destinationOf(summary, !m_names.fullAddresses);
    case PacketListColumn::flags:
        return summary.isTcp ? fromUtf8(toText(summary.controlBits)) : fromUtf8(summary.protocol);
    case PacketListColumn::sequence:
        return sequence(packet);
    case PacketListColumn::acknowledgment:
        return acknowledgment(packet);
    case PacketListColumn::window:
        return summary.isTcp ? QString::number(summary.window) : QString();
    case PacketListColumn::length:
        return summary.isTcp || summary.hasPorts ? QString::number(summary.payloadLength)
                                                 : QString();
    case PacketListColumn::info:
        return packet.info;
    }
    return {};
}

QString PacketListText::toolTip(const ListedPacket& packet, PacketListColumn column) const
{
    const Summary& summary = packet.summary;
    switch (column) {
    case PacketListColumn::number:
        return tr("%1 bytes on the wire").arg(packet.record.originalLength);
    case PacketListColumn::time:
        return timeText(packet.record.timestamp, QStringLiteral("yyyy-MM-dd HH:mm:ss"), 9);
    case PacketListColumn::from:
        switch (packet.record.origin) {
        case Origin::me:
            return tr("This program sent it.");
        case Origin::kernel:
            return tr("Your own computer's kernel sent it, not this program.");
        case Origin::peer:
            return tr("It came in from the network.");
        case Origin::unknown:
            return tr("The capture does not say who sent it.");
        }
        return {};
    case PacketListColumn::source:
        return sourceOf(summary, false);
    case PacketListColumn::destination:
        return destinationOf(summary, false);
    case PacketListColumn::sequence:
        return summary.isTcp ? tr("Sequence number %1").arg(summary.sequenceNumber) : QString();
    case PacketListColumn::acknowledgment:
        return summary.isTcp ? tr("Acknowledgment number %1").arg(summary.acknowledgmentNumber)
                             : QString();
    case PacketListColumn::window:
        return summary.isTcp ? tr("Window as sent, before scaling (RFC 7323)") : QString();
    default:
        return cell(packet, column, {});
    }
}

} // namespace tcpw
