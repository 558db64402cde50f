// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "connection/conversation.h"
#include "connection/trackedpacket.h"
#include "packet/summary.h"
#include "ui/packetlist/packetlistcolumns.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace tcpw {

/// What a row needs of its packet, decoded when the row is first asked for.
struct ListedPacket
{
    std::size_t number = 0; ///< in the store, from 0
    PacketRecord record;
    Summary summary;
    QString info; ///< the last column, one line of plain text
    QString comment; ///< likewise; several are joined
    std::optional<Conversation> conversation;
    std::optional<TrackedPacket> tracked; ///< empty while it is not known
    std::optional<std::uint32_t> firstSequence; ///< what counts as 0 in its direction
    std::optional<std::uint32_t> firstAcknowledgment; ///< and in the other one
    bool isTagged
        = false; ///< has VLAN tags, behind which tcpdump's words see nothing by themselves
    bool isMalformed = false; ///< decoding stopped before its end
};

/// Which addresses are shown by a word.
struct EndNames
{
    std::vector<IpAddress> own; ///< "me"
    std::vector<IpAddress> peers; ///< "peer"
    bool fullAddresses = false; ///< no words at all
    friend bool operator==(const EndNames&, const EndNames&) = default;
};

/// Decodes a captured packet for the list; any bytes will do.
ListedPacket listedPacket(std::size_t number, const PacketRecord& record, ByteView bytes);

/// What a cell says beside its packet's own bytes.
struct RowTimes
{
    std::int64_t first = 0; ///< in nanoseconds; of the capture's first packet
    std::int64_t before
        = 0; ///< of the packet before, or above, by the form; its own: there is none
};

/// What a cell of the packet list says. `names`, `style` and `devices` must outlive it.
class PacketListText
{
public:
    PacketListText(const EndNames& names, const ListStyle& style, const QStringList& devices)
        : m_names(names)
        , m_style(style)
        , m_devices(devices)
    {
    }

    QString cell(const ListedPacket& packet, PacketListColumn column, const RowTimes& times) const;
    /// The same with what there was no room for: full addresses, absolute numbers, the date.
    QString toolTip(const ListedPacket& packet, PacketListColumn column) const;

private:
    QString end(const std::optional<IpAddress>& address, std::uint16_t port, bool hasPort,
        const MacAddress& mac, bool words) const;
    QString sourceOf(const Summary& summary, bool words) const;
    QString destinationOf(const Summary& summary, bool words) const;
    QString time(const ListedPacket& packet, const RowTimes& times) const;
    QString device(const ListedPacket& packet) const;
    QString sequence(const ListedPacket& packet) const;
    QString acknowledgment(const ListedPacket& packet) const;

    const EndNames& m_names;
    const ListStyle& m_style;
    const QStringList& m_devices; ///< by their numbers
};

/// "→ me", "→ kernel", "← peer"; "" when it is not known who sent a packet.
QString originText(Origin origin);
/// The names that the tracker gave, as filters have them, and "wrong_checksum": joined by commas.
std::string problemText(const std::optional<TrackedPacket>& tracked, ChecksumState checksum);

/// Seconds with six decimals, signed: "8.201544".
QString secondsText(std::int64_t nanoseconds);

} // namespace tcpw
