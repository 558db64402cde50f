// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/connectionstreams.h"
#include "connection/tracker.h"
#include "session/followedconnection.h"
#include "session/segmentsahead.h"
#include "session/trackedlist.h"
#include "store/packetreader.h"

#include <array>
#include <functional>
#include <memory>
#include <mutex>

namespace tcpw {

/// Tracks the packets of a store in their order, and tells the story of one connection. Belongs to
/// one thread, but for connection(), connectionCount() and tracked(), which any may ask.
class ConnectionFollower
{
public:
    /// Tells whether to stop: asked every few packets.
    using Stop = std::function<bool()>;

    static constexpr std::size_t mostArrows = 200'000; ///< of a story; what follows is left out
    static constexpr std::size_t mostStreamBytes = 16u << 20; ///< the same

    /// Begins anew with another store, or none. Nobody may be reading tracked().
    void setStore(const PacketStore* store);
    const PacketStore* store() const { return m_store; }
    /// Begins another story, or none.
    void choose(std::optional<std::uint32_t> connection);

    /// Goes on with the packets of the store; false when that could not be done for want of memory.
    bool track(const Stop& stop);
    /// Goes on with the story through the tracked packets. Gives the arrows and chunks since, and
    /// everything else as it is now: a FIN may show that a change of state was another.
    FollowedConnection tell(const Stop& stop);
    /// Whether tracked packets were not looked at for the story.
    bool hasMoreToTell() const;

    /// Forgets what is kept of the packets before this one, whose store has dropped them.
    void dropBefore(std::size_t packet) { m_tracked.dropBefore(packet); }
    const TrackedList& tracked() const { return m_tracked; }
    std::size_t connectionCount() const;
    std::optional<ConnectionInfo> connection(std::uint32_t number) const;

private:
    static constexpr std::size_t packetsAtOnce = 16;

    std::span<const ReadPacket> readFrom(std::size_t packet, std::size_t end);
    void readAhead(std::size_t packet, std::size_t end);
    void endReading();
    void tell(const TrackedPacket& tracked);
    void take(bool fromInitiator, const StreamAssembler::Piece& piece);
    FollowedConnection changes(std::size_t arrowsBefore);

    const PacketStore* m_store = nullptr;
    std::optional<PacketReader> m_reader;
    std::optional<PacketReader> m_storyReader;
    std::array<ReadPacket, packetsAtOnce> m_read; ///< by this thread
    std::unique_ptr<SegmentsAhead> m_ahead; ///< while it pays
    std::span<const ReadPacket> m_readAhead; ///< of it, not tracked yet
    bool m_readsAlone = false; ///< there was no thread for it
    TrackedList m_tracked;
    mutable std::mutex m_trackerMutex; ///< guards m_tracker
    Tracker m_tracker;
    std::optional<std::uint32_t> m_chosen;
    ConnectionStory m_story;
    std::unique_ptr<ConnectionStreams> m_streams;
    std::vector<StreamChunk> m_chunks; ///< that were not given yet
    std::size_t m_streamBytes = 0; ///< in all chunks
    bool m_streamIsCut = false;
    std::size_t m_told = 0; ///< packets that were looked at for the story
    bool m_isCut = false;
};

} // namespace tcpw
