// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "helper/packetblock.h"
#include "helper/packetring.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tcpw {

/// Messages on their way to the peer: written at once where the stream takes them, else by a thread
/// of its own. Any thread may post. Packets lie in memory shared with the peer; those that find no
/// room there are dropped.
class Outbox
{
public:
    /// `peerGone` is called once, on the writing thread, as soon as the peer has closed the stream.
    Outbox(int stream, PacketRing ring, std::function<void()> peerGone);
    ~Outbox(); ///< drops what is still waiting

    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    void post(Bytes message);
    /// Gives false and drops the message when the peer has not taken what waits for long.
    bool postEvent(Bytes message);
    /// Gives how many of the packets were dropped. Waits a moment for a peer that has been reading,
    /// while the device's own buffer keeps what comes.
    std::size_t postPackets(const PacketBatch& batch);

    /// Waits until few enough replies are waiting; false when the peer is gone.
    bool waitForRoom();
    /// Waits until everything was written, or `milliseconds` passed, or the peer is gone.
    void flush(int milliseconds);

    static constexpr std::size_t maximumBytes = 8u << 20;

private:
    bool postBlock(const PacketBatch& batch, PacketRange range);
    std::optional<PacketRing::Block> reserve(std::size_t size, std::int64_t oldest);
    void push(Bytes message);
    void run();
    bool takeNext(Bytes& message);
    void written(const Bytes& message);
    void giveUp();

    int m_stream;
    std::function<void()> m_peerGone;
    Descriptor m_wakeUp; ///< an eventfd
    std::mutex m_ringMutex; ///< guards the ring, and that its blocks are told of in their order
    PacketRing m_ring;
    bool m_isRead = true; ///< there was room the last time
    std::mutex m_mutex; ///< guards what follows, up to m_gone
    std::condition_variable m_changed; ///< something was written, or the peer is gone
    std::deque<Bytes> m_messages;
    std::size_t m_waitingBytes = 0; ///< not written yet
    bool m_gone = false;
    std::atomic<bool> m_quit = false;
    std::thread m_thread;
};

} // namespace tcpw
