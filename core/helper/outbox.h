// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "base/packetbatch.h"
#include "helper/descriptor.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tcpw {

/// Messages on their way to the peer, written to the stream by a thread of its own. Any thread may
/// post. Holds a bounded number of bytes: packets beyond it are dropped, all else is not.
class Outbox
{
public:
    /// `peerGone` is called once, on the writing thread, as soon as the peer has closed the stream.
    Outbox(int stream, std::function<void()> peerGone);
    ~Outbox(); ///< drops what is still waiting

    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    void post(Bytes message);
    /// Gives false and drops the message when the peer has not taken what waits for long.
    bool postEvent(Bytes message);
    /// Gives how many of the packets were dropped.
    std::size_t postPackets(const PacketBatch& batch);

    /// Waits until few enough replies are waiting; false when the peer is gone.
    bool waitForRoom();
    /// Waits until everything was written, or `milliseconds` passed, or the peer is gone.
    void flush(int milliseconds);

    static constexpr std::size_t maximumPacketBytes = 32u << 20;
    static constexpr std::size_t maximumOtherBytes = 8u << 20;

private:
    struct Message
    {
        Bytes bytes;
        bool packets = false;
    };

    void push(Message message);
    void run();
    bool takeNext(Message& message);
    void written(const Message& message);
    void giveUp();
    std::size_t& waiting(const Message& message)
    {
        return message.packets ? m_packetBytes : m_otherBytes;
    }

    int m_stream;
    std::function<void()> m_peerGone;
    Descriptor m_wakeUp; ///< an eventfd
    std::mutex m_mutex; ///< guards what follows, up to m_gone
    std::condition_variable m_changed; ///< something was written, or the peer is gone
    std::deque<Message> m_messages;
    std::size_t m_packetBytes = 0; ///< not written yet
    std::size_t m_otherBytes = 0; ///< not written yet
    bool m_gone = false;
    std::atomic<bool> m_quit = false;
    std::thread m_thread;
};

} // namespace tcpw
