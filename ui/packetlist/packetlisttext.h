// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "connection/conversation.h"
#include "packet/summary.h"
#include "ui/packetlist/initialsequences.h"
#include "ui/packetlist/packetlistcolumns.h"

#include <QString>

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
    std::optional<Conversation> conversation;
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

/// What a cell of the packet list says. `names` and `sequences` must outlive it.
class PacketListText
{
public:
    PacketListText(const EndNames& names, const InitialSequences& sequences)
        : m_names(names)
        , m_sequences(sequences)
    {
    }

    /// `first` is the time of the first packet, in nanoseconds.
    QString cell(const ListedPacket& packet, PacketListColumn column, std::int64_t first) const;
    /// The same with what there was no room for: full addresses, absolute numbers, the date.
    QString toolTip(const ListedPacket& packet, PacketListColumn column) const;

private:
    QString end(const std::optional<IpAddress>& address, std::uint16_t port, bool hasPort,
        const MacAddress& mac, bool words) const;
    QString sourceOf(const Summary& summary, bool words) const;
    QString destinationOf(const Summary& summary, bool words) const;
    QString sequence(const ListedPacket& packet) const;
    QString acknowledgment(const ListedPacket& packet) const;

    const EndNames& m_names;
    const InitialSequences& m_sequences;
};

/// "→ me", "→ kernel", "← peer"; "" when it is not known who sent a packet.
QString originText(Origin origin);

/// Seconds with six decimals, signed: "8.201544".
QString secondsText(std::int64_t nanoseconds);

} // namespace tcpw
