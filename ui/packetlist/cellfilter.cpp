// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/cellfilter.h"

#include "ui/fields/plaintext.h"

#include <QStringList>

namespace tcpw {

namespace {

QString number(const char* word, quint64 value)
{
    return QLatin1String(word) % QLatin1Char(' ') % QString::number(value);
}

QString endFilter(const std::optional<IpAddress>& address, const Summary& summary,
    std::uint16_t port, bool source)
{
    const QLatin1String side(source ? "src " : "dst ");
    if (summary.protocol == "ARP" || !address)
        return {};
    const QString host = side % QStringLiteral("host ") % fromUtf8(toText(*address));
    return summary.hasPorts ? host % QStringLiteral(" and ") % side % number("port", port) : host;
}

QString protocolFilter(const Summary& summary)
{
    if (summary.isTcp)
        return QStringLiteral("flags ")
            % (summary.controlBits.value == 0 ? QStringLiteral("none")
                                              : fromUtf8(toText(summary.controlBits)));
    for (const char* known : {"UDP", "ICMP", "ARP"})
        if (summary.protocol == known)
            return QString::fromLatin1(known).toLower();
    if (summary.protocol == "ICMPv6")
        return QStringLiteral("icmp6");
    return {};
}

QString connectionFilter(const ListedPacket& packet)
{
    return packet.tracked && packet.tracked->isTcp()
        ? number("connection", packet.tracked->connection)
        : QString();
}

QString problemFilter(const ListedPacket& packet)
{
    QStringList words;
    for (std::size_t i = 0; i < analysisNameCount; ++i)
        if (packet.tracked && packet.tracked->names.has(AnalysisName(i)))
            words << QStringLiteral("problem ")
                    % QString::fromLatin1(analysisNameText(AnalysisName(i)));
    if (packet.summary.checksum == ChecksumState::bad)
        words << QStringLiteral("problem wrong_checksum");
    return words.join(QStringLiteral(" and "));
}

bool isOneWord(const QString& filter)
{
    return !filter.contains(QLatin1String(" and ")) && !filter.contains(QLatin1String(" or "));
}

QString bracketed(const QString& filter)
{
    return isOneWord(filter) ? filter : QLatin1Char('(') % filter % QLatin1Char(')');
}

/// Before an "and": a chain of such needs no brackets, which would grow with each cell.
QString bracketedBeforeAnd(const QString& filter)
{
    QString outside; // of brackets
    int depth = 0;
    for (const QChar c : filter) {
        depth -= c == QLatin1Char(')');
        if (depth == 0)
            outside += c;
        depth += c == QLatin1Char('(');
    }
    return outside.contains(QLatin1String(" or ")) || outside.contains(QLatin1String("||"))
        ? bracketed(filter)
        : filter;
}

} // namespace

QString cellFilter(const ListedPacket& packet, PacketListColumn column)
{
    const Summary& summary = packet.summary;
    const bool needsTcpdump = column == PacketListColumn::source
        || column == PacketListColumn::destination
        || (column == PacketListColumn::flags && !summary.isTcp);
    if (needsTcpdump && packet.isTagged)
        return {};
    switch (column) {
    case PacketListColumn::from:
        return packet.record.origin == Origin::unknown
            ? QString()
            : QStringLiteral("from ") % QLatin1String(originName(packet.record.origin));
    case PacketListColumn::device:
        return number("device", packet.record.device);
    case PacketListColumn::source:
        return endFilter(summary.source, summary, summary.sourcePort, true);
    case PacketListColumn::destination:
        return endFilter(summary.destination, summary, summary.destinationPort, false);
    case PacketListColumn::flags:
        return protocolFilter(summary);
    case PacketListColumn::connection:
        return connectionFilter(packet);
    case PacketListColumn::problem:
    case PacketListColumn::info: // what stands there is often why
        return problemFilter(packet);
    case PacketListColumn::checksum:
        return summary.checksum == ChecksumState::none
            ? QString()
            : QStringLiteral("checksum ") % QLatin1String(checksumStateName(summary.checksum));
    case PacketListColumn::frame:
        return number("len ==", packet.record.shownLength());
    default:
        break;
    }
    if (!summary.isTcp)
        return {};
    switch (column) {
    case PacketListColumn::sequence:
        return number("seq", summary.sequenceNumber);
    case PacketListColumn::acknowledgment:
        return summary.controlBits.has(ControlBits::ack)
            ? number("ack", summary.acknowledgmentNumber)
            : QString();
    case PacketListColumn::window:
        return number("window", summary.window);
    case PacketListColumn::length:
        return summary.headerWhole ? number("payload", summary.payloadLength) : QString();
    default:
        return {};
    }
}

QString filterAnd(const QString& filter, const QString& other)
{
    if (filter.isEmpty())
        return other;
    return bracketedBeforeAnd(filter) % QStringLiteral(" and ") % bracketed(other);
}

QString filterWithout(const QString& filter, const QString& other)
{
    const QString without = QStringLiteral("not ") % bracketed(other);
    return filter.isEmpty() ? without
                            : bracketedBeforeAnd(filter) % QStringLiteral(" and ") % without;
}

} // namespace tcpw
