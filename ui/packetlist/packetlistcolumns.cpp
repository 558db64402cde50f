// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetlistcolumns.h"

#include <QCoreApplication>

namespace tcpw {

namespace {

struct ColumnText
{
    const char* key;
    const char* title;
    const char* help;
    bool usual = true;
};

constexpr ColumnText columns[] = {
    {"number", QT_TRANSLATE_NOOP("PacketList", "No."),
        QT_TRANSLATE_NOOP("PacketList", "Number of the packet in this capture")},
    {"time", QT_TRANSLATE_NOOP("PacketList", "Time"), ""},
    {"from", QT_TRANSLATE_NOOP("PacketList", "From"),
        QT_TRANSLATE_NOOP("PacketList",
            "Who put the packet on the wire: me (this program), kernel (your own computer's stack) "
            "or peer (it came in)")},
    {"device", QT_TRANSLATE_NOOP("PacketList", "Device"),
        QT_TRANSLATE_NOOP("PacketList", "The device that captured the packet"), false},
    {"connection", QT_TRANSLATE_NOOP("PacketList", "Conn."),
        QT_TRANSLATE_NOOP(
            "PacketList", "Number of the TCP connection, from 0 in the order of their beginning"),
        false},
    {"source", QT_TRANSLATE_NOOP("PacketList", "Source"),
        QT_TRANSLATE_NOOP("PacketList", "Source address and port")},
    {"destination", QT_TRANSLATE_NOOP("PacketList", "Destination"),
        QT_TRANSLATE_NOOP("PacketList", "Destination address and port")},
    {"flags", QT_TRANSLATE_NOOP("PacketList", "Flags"),
        QT_TRANSLATE_NOOP(
            "PacketList", "Control bits (RFC 9293, section 3.1); of other packets the protocol")},
    {"seq", QT_TRANSLATE_NOOP("PacketList", "Seq (relative)"),
        QT_TRANSLATE_NOOP("PacketList",
            "Sequence number, counted from the first one of its direction (RFC 9293, section "
            "3.4)")},
    {"ack", QT_TRANSLATE_NOOP("PacketList", "Ack"),
        QT_TRANSLATE_NOOP("PacketList",
            "Acknowledgment number, counted from the other direction's first sequence number")},
    {"window", QT_TRANSLATE_NOOP("PacketList", "Win"),
        QT_TRANSLATE_NOOP("PacketList", "Window as sent, before scaling (RFC 7323)")},
    {"payload_length", QT_TRANSLATE_NOOP("PacketList", "Len"),
        QT_TRANSLATE_NOOP("PacketList", "Bytes of data")},
    {"length", QT_TRANSLATE_NOOP("PacketList", "Frame"),
        QT_TRANSLATE_NOOP("PacketList", "Bytes on the wire"), false},
    {"checksum", QT_TRANSLATE_NOOP("PacketList", "Checksum"),
        QT_TRANSLATE_NOOP("PacketList",
            "Whether the TCP checksum is right; offload: a network card was to compute it"),
        false},
    {"analysis", QT_TRANSLATE_NOOP("PacketList", "Problem"),
        QT_TRANSLATE_NOOP("PacketList", "What the analysis calls it, with Wireshark's names"),
        false},
    {"comment", QT_TRANSLATE_NOOP("PacketList", "Comment"),
        QT_TRANSLATE_NOOP("PacketList", "Comments on the packet, kept in pcapng files"), false},
    {"info", QT_TRANSLATE_NOOP("PacketList", "Info"),
        QT_TRANSLATE_NOOP("PacketList", "What the packet says, in words")},
};
static_assert(std::size(columns) == packetListColumnCount);

struct TimeText
{
    const char* name;
    const char* title;
    const char* help;
};

constexpr TimeText timeForms[] = {
    {QT_TRANSLATE_NOOP("PacketList", "Seconds since the &first packet"),
        QT_TRANSLATE_NOOP("PacketList", "Time"),
        QT_TRANSLATE_NOOP("PacketList", "Seconds since the first packet")},
    {QT_TRANSLATE_NOOP("PacketList", "Seconds since the packet &before"),
        QT_TRANSLATE_NOOP("PacketList", "Since before"),
        QT_TRANSLATE_NOOP("PacketList", "Seconds since the packet before in the capture")},
    {QT_TRANSLATE_NOOP("PacketList", "Seconds since the &row above"),
        QT_TRANSLATE_NOOP("PacketList", "Since above"),
        QT_TRANSLATE_NOOP("PacketList", "Seconds since the packet in the row above")},
    {QT_TRANSLATE_NOOP("PacketList", "&Time of day"), QT_TRANSLATE_NOOP("PacketList", "Time"),
        QT_TRANSLATE_NOOP("PacketList", "Time of day on this computer")},
    {QT_TRANSLATE_NOOP("PacketList", "&Date and time"), QT_TRANSLATE_NOOP("PacketList", "Time"),
        QT_TRANSLATE_NOOP("PacketList", "Date and time of day on this computer")},
};
static_assert(std::size(timeForms) == timeFormCount);

QString translated(const char* text)
{
    return QCoreApplication::translate("PacketList", text);
}

} // namespace

QString columnTitle(PacketListColumn column, const ListStyle& style)
{
    if (column == PacketListColumn::time)
        return translated(timeForms[int(style.time)].title);
    if (column == PacketListColumn::sequence && style.absoluteNumbers)
        return translated(QT_TRANSLATE_NOOP("PacketList", "Seq"));
    return translated(columns[int(column)].title);
}

QString columnHelp(PacketListColumn column, const ListStyle& style)
{
    if (column == PacketListColumn::time)
        return translated(timeForms[int(style.time)].help);
    if (column == PacketListColumn::sequence && style.absoluteNumbers)
        return translated(QT_TRANSLATE_NOOP(
            "PacketList", "Sequence number as it stands there (RFC 9293, section 3.4)"));
    if (column == PacketListColumn::acknowledgment && style.absoluteNumbers)
        return translated(
            QT_TRANSLATE_NOOP("PacketList", "Acknowledgment number as it stands there"));
    return translated(columns[int(column)].help);
}

QString columnKey(PacketListColumn column)
{
    return QString::fromLatin1(columns[int(column)].key);
}

bool isUsualColumn(PacketListColumn column)
{
    return columns[int(column)].usual;
}

QString timeFormName(TimeForm form)
{
    return translated(timeForms[int(form)].name);
}

} // namespace tcpw
