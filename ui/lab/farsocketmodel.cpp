// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/lab/farsocketmodel.h"

#include "lab/lab.h"
#include "ui/fields/plaintext.h"

#include <algorithm>

namespace tcpw {

namespace {

bool isListening(const FarSocket& socket)
{
    return socket.state == "LISTEN";
}

/// The same connection, whatever became of it: a kernel's own entry may get a number on accept().
bool isSame(const FarSocket& one, const FarSocket& other)
{
    return one.localAddress == other.localAddress && one.localPort == other.localPort
        && one.remoteAddress == other.remoteAddress && one.remotePort == other.remotePort
        && isListening(one) == isListening(other);
}

QString endText(const IpAddress& address, std::uint16_t port)
{
    if (address == IpAddress(labAddress::near4))
        return FarSocketModel::tr("me:%1").arg(port);
    const QString text = fromUtf8(toText(address));
    return std::holds_alternative<Ipv6Address>(address)
        ? QStringLiteral("[%1]:%2").arg(text).arg(port)
        : QStringLiteral("%1:%2").arg(text).arg(port);
}

QString timerText(const FarSocket& socket)
{
    if (socket.timer.empty())
        return {};
    return FarSocketModel::tr("%1 in %2 s")
        .arg(fromUtf8(socket.timer))
        .arg(socket.timerMilliseconds / 1000.0, 0, 'f', 1);
}

QString name(const FarSocket& socket)
{
    if (socket.socket == 0)
        return FarSocketModel::tr("kernel's");
    return QStringLiteral("%1 %2").arg(socket.socket).arg(fromUtf8(socket.service));
}

QString text(const FarSocket& socket, FarSocketColumn column)
{
    switch (column) {
    case FarSocketColumn::Socket:
        return name(socket);
    case FarSocketColumn::State:
        return fromUtf8(socket.state);
    case FarSocketColumn::FarPort:
        return QString::number(socket.localPort);
    case FarSocketColumn::OtherEnd:
        return isListening(socket) ? QString() : endText(socket.remoteAddress, socket.remotePort);
    case FarSocketColumn::Retransmits:
        return QString::number(socket.retransmits);
    case FarSocketColumn::Timer:
        return timerText(socket);
    case FarSocketColumn::Unread:
        return QString::number(socket.receiveQueue);
    case FarSocketColumn::Unacknowledged:
        return QString::number(socket.sendQueue);
    case FarSocketColumn::Count:
        break;
    }
    return {};
}

struct ColumnText
{
    const char* title;
    const char* help;
};

ColumnText columnText(FarSocketColumn column)
{
    switch (column) {
    case FarSocketColumn::Socket:
        return {QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "Socket"),
            QT_TRANSLATE_NOOP("tcpw::FarSocketModel",
                "Its number and what it serves; the kernel's own have none yet or no more.")};
    case FarSocketColumn::State:
        return {QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "State"),
            QT_TRANSLATE_NOOP(
                "tcpw::FarSocketModel", "As the far kernel has it (RFC 9293, section 3.3.2).")};
    case FarSocketColumn::FarPort:
        return {QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "Port"),
            QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "The far end's port.")};
    case FarSocketColumn::OtherEnd:
        return {QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "Other end"),
            QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "Whom it is connected with.")};
    case FarSocketColumn::Retransmits:
        return {QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "Retransmits"),
            QT_TRANSLATE_NOOP(
                "tcpw::FarSocketModel", "How often the timer that runs now has fired (RFC 6298).")};
    case FarSocketColumn::Timer:
        return {QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "Timer"),
            QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "Which timer runs, and when it fires.")};
    case FarSocketColumn::Unread:
        return {QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "Unread"),
            QT_TRANSLATE_NOOP("tcpw::FarSocketModel",
                "Bytes received that the program there has not read; of a listening socket: "
                "connections not accepted.")};
    case FarSocketColumn::Unacknowledged:
        return {QT_TRANSLATE_NOOP("tcpw::FarSocketModel", "Unacked"),
            QT_TRANSLATE_NOOP("tcpw::FarSocketModel",
                "Bytes sent that are not acknowledged; of a listening socket: how many connections "
                "may wait.")};
    case FarSocketColumn::Count:
        break;
    }
    return {"", ""};
}

} // namespace

void FarSocketModel::setSockets(const std::vector<FarSocket>& sockets)
{
    m_all = sockets;
    arrange();
}

void FarSocketModel::setShowsListening(bool shown)
{
    m_showsListening = shown;
    arrange();
}

void FarSocketModel::arrange()
{
    std::vector<FarSocket> wanted;
    std::ranges::copy_if(m_all, std::back_inserter(wanted),
        [this](const FarSocket& socket) { return m_showsListening || !isListening(socket); });

    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        const FarSocket& old = m_rows[std::size_t(row)];
        const auto now = std::ranges::find_if(
            wanted, [&](const FarSocket& socket) { return isSame(socket, old); });
        if (now != wanted.end()) {
            m_rows[std::size_t(row)] = *now;
            wanted.erase(now);
            continue;
        }
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(int(m_rows.size()) - 1, columnCount() - 1));
    if (wanted.empty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + wanted.size()) - 1);
    m_rows.insert(m_rows.end(), wanted.begin(), wanted.end());
    endInsertRows();
}

const FarSocket* FarSocketModel::socket(int row) const
{
    return row >= 0 && std::size_t(row) < m_rows.size() ? &m_rows[std::size_t(row)] : nullptr;
}

int FarSocketModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int FarSocketModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(FarSocketColumn::Count);
}

QVariant FarSocketModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FarSocket& socket = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(socket, FarSocketColumn(index.column()));
    case Qt::ToolTipRole:
        return plainToolTip(describeSocket(socket));
    }
    return {};
}

QVariant FarSocketModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const ColumnText column = columnText(FarSocketColumn(section));
    if (role == Qt::DisplayRole)
        return tr(column.title);
    if (role == Qt::ToolTipRole)
        return tr(column.help);
    return {};
}

QString describeSocket(const FarSocket& socket)
{
    QStringList parts;
    parts << FarSocketModel::tr("Socket %1, port %2: %3.")
                 .arg(name(socket))
                 .arg(socket.localPort)
                 .arg(fromUtf8(socket.state));
    if (isListening(socket))
        return parts.first() + QLatin1Char(' ')
            + FarSocketModel::tr("%1 connections wait to be accepted, at most %2.")
                  .arg(socket.receiveQueue)
                  .arg(socket.sendQueue);
    parts << FarSocketModel::tr("Other end %1.")
                 .arg(endText(socket.remoteAddress, socket.remotePort));
    if (!socket.timer.empty())
        parts << FarSocketModel::tr("Timer: %1, after %2 retransmits.")
                     .arg(timerText(socket))
                     .arg(socket.retransmits);
    if (socket.retransmissionTimeout > 0)
        parts << FarSocketModel::tr(
            "Retransmission timeout %1 ms, congestion window %2 segments, round trip %3 ms.")
                     .arg(socket.retransmissionTimeout)
                     .arg(socket.congestionWindow)
                     .arg(socket.roundTripMicroseconds / 1000.0, 0, 'f', 2);
    parts << FarSocketModel::tr("%1 bytes not read, %2 bytes not acknowledged.")
                 .arg(socket.receiveQueue)
                 .arg(socket.sendQueue);
    if (!socket.reading)
        parts << FarSocketModel::tr("It was told to stop reading.");
    return parts.join(QLatin1Char(' '));
}

} // namespace tcpw
