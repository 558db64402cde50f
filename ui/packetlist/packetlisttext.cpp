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

QString timeText(std::int64_t timestamp)
{
    const std::int64_t second = 1'000'000'000;
    const std::int64_t rest = ((timestamp % second) + second) % second;
    const QDateTime time = QDateTime::fromSecsSinceEpoch((timestamp - rest) / second);
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) % QLatin1Char('.')
        % QString::number(rest).rightJustified(9, QLatin1Char('0'));
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
    listed.conversation = conversationOf(packet);
    return listed;
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

QString PacketListText::sequence(const ListedPacket& packet) const
{
    const Summary& summary = packet.summary;
    const auto ends = endsOf(summary);
    if (!ends)
        return {};
    const auto start = m_sequences.find(packet.number, ends->first, ends->second);
    return QString::number(summary.sequenceNumber - start.value_or(0));
}

QString PacketListText::acknowledgment(const ListedPacket& packet) const
{
    const Summary& summary = packet.summary;
    const auto ends = endsOf(summary);
    if (!ends || !summary.controlBits.has(ControlBits::ack))
        return {};
    const auto start = m_sequences.find(packet.number, ends->second, ends->first);
    return QString::number(summary.acknowledgmentNumber - start.value_or(0));
}

QString PacketListText::cell(
    const ListedPacket& packet, PacketListColumn column, std::int64_t first) const
{
    const Summary& summary = packet.summary;
    switch (column) {
    case PacketListColumn::number:
        return QString::number(packet.number + 1);
    case PacketListColumn::time:
        return secondsText(packet.record.timestamp - first);
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
        return timeText(packet.record.timestamp);
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
        return cell(packet, column, 0);
    }
}

} // namespace tcpw
