// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetreading.h"

#include "connection/reasontext.h"
#include "ui/fields/plaintext.h"

namespace tcpw {

namespace {

/// What tracking says of a packet beyond its own bytes, as a sentence without its full stop.
QString reasonOf(const PacketStore& store, const TrackedPacket& tracked, const PacketRecord& record,
    ByteView bytes)
{
    if (tracked.reason == Reason::none)
        return {};
    const auto segment = readSegment(bytes, record.linkType, record.originalLength);
    if (!segment)
        return {};
    std::optional<SegmentFacts> referred;
    if (tracked.refersTo > 0 && tracked.refersTo <= store.size()) {
        const std::size_t other = tracked.refersTo - 1;
        const PacketRecord otherRecord = store.record(other);
        if (const auto otherBytes = store.bytes(other))
            referred = readSegment(*otherBytes, otherRecord.linkType, otherRecord.originalLength);
    }
    return harmless(fromUtf8(reasonText(tracked, *segment, referred ? &*referred : nullptr)));
}

void noteTracking(const RowSource& source, ListedPacket& listed, ByteView bytes)
{
    listed.tracked
        = source.connections ? source.connections->tracked(qsizetype(listed.number)) : std::nullopt;
    if (!listed.tracked || !listed.tracked->isTcp())
        return;
    if (const auto info = source.connections->connection(listed.tracked->connection)) {
        const bool fromInitiator = listed.tracked->fromInitiator;
        const EndInfo& own = fromInitiator ? info->initiator : info->responder;
        const EndInfo& other = fromInitiator ? info->responder : info->initiator;
        listed.firstSequence = own.initialSequenceNumber;
        listed.firstAcknowledgment = other.initialSequenceNumber;
    }
    const QString why = reasonOf(*source.store, *listed.tracked, listed.record, bytes);
    if (!why.isEmpty())
        listed.info = why;
}

} // namespace

ListedPacket readListed(const RowSource& source, std::size_t packet)
{
    const auto bytes = source.store->bytes(packet);
    ListedPacket listed
        = listedPacket(packet, source.store->record(packet), bytes ? *bytes : Bytes());
    if (!bytes) {
        listed.info = harmless(fromUtf8(bytes.error().message));
        return listed;
    }
    noteTracking(source, listed, *bytes);
    QStringList comments;
    for (const std::string& comment : source.store->comments(packet))
        comments << harmless(fromUtf8(comment));
    listed.comment = comments.join(QStringLiteral(" · "));
    return listed;
}

} // namespace tcpw
