// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QString>
#include <Qt>

#include <array>

namespace tcpw {

/// The columns of the packet list; unless the user moves them, from left to right.
enum class PacketListColumn
{
    number,
    time, ///< in the chosen form
    from,
    device,
    connection,
    source,
    destination,
    flags,
    sequence, ///< relative to the direction's first, or as it stands there
    acknowledgment, ///< likewise
    window,
    length, ///< bytes of data
    frame, ///< bytes on the wire
    checksum,
    problem, ///< what the analysis calls it
    comment,
    info, ///< always the last
};
inline constexpr int packetListColumnCount = 17;

/// What the model gives besides Qt's own roles.
namespace PacketListRole {
inline constexpr int Packet = Qt::UserRole + 1; ///< the packet's number in the store, from 0
inline constexpr int Origin = Qt::UserRole + 2; ///< a tcpw::Origin as int
} // namespace PacketListRole

/// How the time of a packet is shown.
enum class TimeForm
{
    sinceFirst, ///< seconds since the first packet
    sinceCaptured, ///< seconds since the packet before in the capture
    sinceShown, ///< seconds since the packet in the row above
    timeOfDay, ///< of this computer's time zone
    date, ///< with the day
};
inline constexpr int timeFormCount = 5;

/// What is the same for every row, as the user chose it.
struct ListStyle
{
    TimeForm time = TimeForm::sinceFirst;
    bool absoluteNumbers = false; ///< sequence and acknowledgment numbers as they stand there
    friend bool operator==(const ListStyle&, const ListStyle&) = default;
};

/// The heading, translated.
QString columnTitle(PacketListColumn column, const ListStyle& style);
/// What the column shows, as a sentence without its full stop.
QString columnHelp(PacketListColumn column, const ListStyle& style);
/// The column's word in files: settings, copied rows. Not translated.
QString columnKey(PacketListColumn column);
/// Whether it is shown before anybody chose.
bool isUsualColumn(PacketListColumn column);

QString timeFormName(TimeForm form);

} // namespace tcpw
