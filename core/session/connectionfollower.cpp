// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/connectionfollower.h"

#include <algorithm>
#include <utility>

namespace tcpw {

namespace {

constexpr std::size_t worthAThread = 4096; ///< packets that wait to be read

/// The bytes of a packet; none when they cannot be read any more.
ByteView readBytes(PacketReader& reader, std::size_t index)
{
    const auto bytes = reader.bytes(index);
    return bytes ? *bytes : ByteView();
}

/// What people call a packet.
std::uint32_t numberOf(std::size_t index)
{
    return static_cast<std::uint32_t>(index + 1);
}

} // namespace

void ConnectionFollower::setStore(const PacketStore* store)
{
    endReading();
    m_readsAlone = false;
    m_store = store;
    m_reader.reset();
    m_storyReader.reset();
    m_tracked.clear(store ? store->first() : 0); // what was dropped has nothing to track
    {
        const std::scoped_lock lock(m_trackerMutex);
        m_tracker.clear();
    }
    if (store) {
        m_reader.emplace(*store);
        m_storyReader.emplace(*store);
    }
    choose({});
}

void ConnectionFollower::choose(std::optional<std::uint32_t> connection)
{
    m_chosen = connection;
    m_story = ConnectionStory();
    m_streams = std::make_unique<ConnectionStreams>(
        [this](bool fromInitiator, const auto& piece) { take(fromInitiator, piece); });
    m_chunks.clear();
    m_streamBytes = 0;
    m_streamIsCut = false;
    m_told = m_tracked.first();
    m_isCut = false;
    if (const auto info = connection ? this->connection(*connection) : std::nullopt)
        m_told = info->firstPacket - 1;
}

bool ConnectionFollower::track(const Stop& stop)
{
    const std::size_t count = m_store->size();
    std::size_t at = m_tracked.size();
    {
        const std::scoped_lock lock(m_trackerMutex);
        m_tracker.forgetBefore(numberOf(m_tracked.first()));
    }
    while (at < count && !stop()) {
        // For a few packets, so that nobody who asks for a connection waits for long.
        const auto packets = readFrom(at, std::min(count, at + packetsAtOnce));
        const std::scoped_lock lock(m_trackerMutex);
        for (const ReadPacket& packet : packets) {
            if (!m_tracked.append(m_tracker.add(numberOf(at), packet))) {
                endReading();
                return false;
            }
            ++at;
        }
    }
    if (at == m_store->size())
        endReading();
    return true;
}

/// Packets from this one on, at least one and at most up to `end`.
std::span<const ReadPacket> ConnectionFollower::readFrom(std::size_t packet, std::size_t end)
{
    readAhead(packet, m_store->size());
    if (!m_readAhead.empty()) {
        const auto packets = m_readAhead.first(std::min(m_readAhead.size(), end - packet));
        m_readAhead = m_readAhead.subspan(packets.size());
        return packets;
    }
    const auto packets = std::span(m_read).first(end - packet);
    for (ReadPacket& read : packets)
        read = readPacket(*m_reader, packet++);
    return packets;
}

/// Sees to it that packets are read ahead while there are many in a file. A live capture needs the
/// other cores itself.
void ConnectionFollower::readAhead(std::size_t packet, std::size_t end)
{
    if (!m_readAhead.empty())
        return;
    if (!m_ahead && !m_readsAlone && !m_store->isLive() && end - packet >= worthAThread) {
        m_ahead = SegmentsAhead::start(*m_store, packet);
        m_readsAlone = !m_ahead;
    }
    if (m_ahead)
        m_readAhead = m_ahead->take();
    if (m_readAhead.empty())
        endReading();
}

/// Lets the reader ahead go, and what it holds.
void ConnectionFollower::endReading()
{
    m_readAhead = {};
    m_ahead.reset();
}

bool ConnectionFollower::hasMoreToTell() const
{
    return m_chosen && m_told < m_tracked.size();
}

FollowedConnection ConnectionFollower::tell(const Stop& stop)
{
    const std::size_t arrows = m_story.arrows().size();
    const std::size_t count = m_tracked.size();
    for (; m_told < count && !stop(); ++m_told) {
        const TrackedPacket& tracked = m_tracked.at(m_told);
        if (tracked.connection != *m_chosen)
            continue;
        m_isCut = m_story.arrows().size() >= mostArrows;
        if (!m_isCut)
            tell(tracked);
    }
    return changes(arrows);
}

/// The packet at m_told, which belongs to the story.
void ConnectionFollower::tell(const TrackedPacket& tracked)
{
    const PacketRecord record = m_store->record(m_told);
    const ByteView bytes = readBytes(*m_storyReader, m_told);
    m_story.append(tracked, numberOf(m_told), record, bytes);
    if (const auto segment = readSegment(bytes, record.linkType, record.originalLength))
        m_streams->add(tracked.fromInitiator, numberOf(m_told), *segment, bytes);
}

void ConnectionFollower::take(bool fromInitiator, const StreamAssembler::Piece& piece)
{
    m_streamIsCut = m_streamIsCut || m_streamBytes + piece.data.size() > mostStreamBytes;
    if (m_streamIsCut)
        return;
    m_streamBytes += piece.data.size();
    m_chunks.push_back({fromInitiator, piece.offset, piece.missing, piece.packet,
        Bytes(piece.data.begin(), piece.data.end())});
}

FollowedConnection ConnectionFollower::changes(std::size_t arrowsBefore)
{
    FollowedConnection now;
    now.number = m_chosen;
    now.isCut = m_isCut;
    if (m_story.empty())
        return now;
    const auto& arrows = m_story.arrows();
    const auto& transitions = m_story.transitions();
    now.initiator = m_story.initiator();
    now.responder = m_story.responder();
    now.initiatorState = m_story.initiatorState();
    now.responderState = m_story.responderState();
    now.ending = m_story.ending();
    now.arrows.assign(arrows.begin() + std::ptrdiff_t(arrowsBefore), arrows.end());
    now.transitions.assign(transitions.begin(), transitions.end());
    now.chunks = std::exchange(m_chunks, {});
    now.streamIsCut = m_streamIsCut;
    now.waitingBytes = m_streams->waitingBytes();
    now.handshakeText = m_story.handshakeText();
    now.closeText = m_story.closeText();
    return now;
}

std::size_t ConnectionFollower::connectionCount() const
{
    const std::scoped_lock lock(m_trackerMutex);
    return m_tracker.connectionCount();
}

std::optional<ConnectionInfo> ConnectionFollower::connection(std::uint32_t number) const
{
    const std::scoped_lock lock(m_trackerMutex);
    if (!m_tracker.knows(number))
        return {};
    return m_tracker.connection(number);
}

} // namespace tcpw
